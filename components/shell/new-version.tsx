"use client";

import { useEffect } from "react";
import { toast } from "sonner";
import { askBuild, useNewBuild } from "../build";

const EVERY = 5 * 60_000; // ms

/** Says once, quietly, that Gloss was upgraded, and leaves it to the reader when to load the page anew. */
export function NewVersion() {
  const newer = useNewBuild();
  useEffect(() => {
    if (newer) return;
    const look = () => {
      if (document.visibilityState === "visible") void askBuild();
    };
    document.addEventListener("visibilitychange", look);
    const timer = setInterval(look, EVERY);
    return () => {
      document.removeEventListener("visibilitychange", look);
      clearInterval(timer);
    };
  }, [newer]);
  useEffect(() => {
    if (!newer) return;
    toast("There is a new version of Gloss", {
      id: "new-version",
      description: "This page goes on saving what you mark. Reload it when it suits you.",
      duration: Number.POSITIVE_INFINITY,
      closeButton: true,
      action: { label: "Reload", onClick: () => window.location.reload() },
    });
  }, [newer]);
  return null;
}
