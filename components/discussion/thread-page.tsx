"use client";

import { useState } from "react";
import { Thread, type ThreadView } from "./thread";

/** A thread on a page of its own. */
export function ThreadPage({ thread }: { thread: ThreadView }) {
  const [now, setNow] = useState(thread);
  return <Thread thread={now} onChange={setNow} />;
}
