"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { api } from "../api";
import { Button } from "../ui/button";

/** Brings one thing back; why it could not be is said where the button was. */
export function RestoreButton({ path, name }: { path: string; name: string }) {
  const router = useRouter();
  const [said, setSaid] = useState<string | null>(null);
  if (said !== null) return <span role="status">{said}</span>;
  return (
    <Button
      aria-label={`Restore ${name}`}
      onClick={async () => {
        const answer = await api("POST", `${path}/restore`);
        setSaid(answer.ok ? "Restored." : answer.detail);
        if (answer.ok) router.refresh();
      }}
    >
      Restore
    </Button>
  );
}
