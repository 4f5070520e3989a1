"use client";

import { useEffect, useState } from "react";
import { api } from "../api";
import { minutesWords } from "../ui/time";

type Day = { readonly submitted: number; readonly spans: number; readonly seconds: number };

/** What I did today. Asked for by the browser, which knows what day it is here. */
export function OwnDay({ projectId }: { projectId: string }) {
  const [day, setDay] = useState<Day | null>(null);
  useEffect(() => {
    let left = false;
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    void api<Day>("GET", `/me/day?zone=${encodeURIComponent(timeZone)}&project=${projectId}`).then((answer) => {
      if (answer.ok && !left) setDay(answer.value);
    });
    return () => {
      left = true;
    };
  }, [projectId]);
  if (!day || (day.submitted === 0 && day.seconds < 60)) return null;
  const marks = day.spans === 1 ? "1 span" : `${day.spans} spans`;
  return (
    <p className="text-ink-2" title="Minutes in which nothing was done are left out. Nobody but you can see this.">
      Today: {day.submitted === 1 ? "1 article" : `${day.submitted} articles`} submitted
      {day.submitted > 0 && ` with ${marks}`}
      {day.seconds >= 60 && `, ${minutesWords(day.seconds)} of work`}. Only you see this.
    </p>
  );
}
