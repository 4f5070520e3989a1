"use client";

/** Counts the time somebody works here and tells the server now and then; what is told, only its owner can see. */
import { useEffect, useState } from "react";
import { api } from "@/components/api";
import { type Clock, countedFor, IDLE_MS, started } from "./work-clock";

/** Milliseconds between two reports. */
const REPORT_MS = 30_000;
const SIGNS = ["keydown", "pointerdown", "pointermove", "wheel", "touchmove", "scroll"] as const;

const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Seconds on this review altogether; null before the first report. */
export function useWorkTime(reviewId: string, counting: boolean): number | null {
  const [seconds, setSeconds] = useState<number | null>(null);
  useEffect(() => {
    if (!counting) return;
    let clock: Clock = started(performance.now());
    let ended = false;
    const sign = () => {
      if (document.visibilityState === "visible") clock = countedFor(clock, performance.now(), IDLE_MS);
    };
    const report = async (keepalive: boolean) => {
      const whole = Math.floor(clock.counted / 1000);
      if (whole < 1) return;
      clock = { ...clock, counted: clock.counted - whole * 1000 };
      const told = await api<{ seconds: number }>(
        "POST",
        `/reviews/${reviewId}/time`,
        { seconds: Math.min(whole, 900), zone: zone() },
        { keepalive },
      );
      if (told.ok && !ended) setSeconds(told.value.seconds);
    };
    const leave = () => {
      if (document.visibilityState === "hidden") void report(true);
    };
    for (const type of SIGNS) window.addEventListener(type, sign, { passive: true, capture: true });
    document.addEventListener("visibilitychange", leave);
    const timer = setInterval(() => void report(false), REPORT_MS);
    return () => {
      ended = true;
      clearInterval(timer);
      for (const type of SIGNS) window.removeEventListener(type, sign, { capture: true });
      document.removeEventListener("visibilitychange", leave);
      void report(true);
    };
  }, [reviewId, counting]);
  return seconds;
}
