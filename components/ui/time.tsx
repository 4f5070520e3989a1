"use client";

import { useEffect, useState } from "react";

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** "2 hours ago" for an instant `then` (ms) seen at `now` (ms). */
export function ago(then: number, now: number): string {
  const seconds = Math.round((then - now) / 1000);
  const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  for (const [unit, size] of STEPS)
    if (Math.abs(seconds) >= size) return words.format(Math.round(seconds / size), unit);
  return "just now";
}

/** "1 h 20 min" for 4,800 seconds; whole minutes, rounded down. */
export function minutesWords(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
}

/** How long ago, with the exact time in the reader's zone on hover. The server's text is the date in UTC, so both agree at first paint. */
export function Ago({ at, soon }: { at: string /** Instead of "just now", of what is to come. */; soon?: string }) {
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 60_000);
    return () => clearInterval(timer);
  }, []);
  const then = Date.parse(at);
  return (
    <time
      dateTime={at}
      title={now === null ? undefined : new Date(then).toLocaleString()}
      className="whitespace-nowrap"
    >
      {now === null ? at.slice(0, 10) : soon && then - now < 60_000 ? soon : ago(then, now)}
    </time>
  );
}
