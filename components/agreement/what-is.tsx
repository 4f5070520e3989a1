"use client";

import { Popover } from "../ui/popover";
import { MEASURES, type MeasureKey } from "./measures";

/** A measure's definition and where it comes from. */
export function WhatIs({ of, words = "what is this?" }: { of: MeasureKey; words?: string }) {
  const { name, says, reference } = MEASURES[of];
  return (
    <Popover
      label={`What is ${name}?`}
      trigger={
        <button type="button" className="link inline-flex h-7 items-center px-1 text-xs text-ink-2 max-sm:h-9">
          {words}
        </button>
      }
    >
      <div className="grid w-[340px] max-w-full gap-2">
        <p className="font-medium">{name}</p>
        <p>{says}</p>
        <p className="text-ink-2">{reference}</p>
      </div>
    </Popover>
  );
}
