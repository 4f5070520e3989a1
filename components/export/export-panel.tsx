"use client";

import { useState } from "react";
import { Select } from "../ui/field";

export type Layer = "gold" | "reviews" | "all";
const LAYERS: Readonly<Record<Layer, string>> = {
  all: "Everything: reviews, gold, decisions",
  reviews: "Submitted reviews",
  gold: "Gold only",
};
const FORMATS = [
  {
    value: "jsonl",
    name: "Gloss JSONL",
    says: "One article a line with its text, hash, regions, reviews, gold and decisions. Gloss reads it back without loss.",
  },
  {
    value: "csv",
    name: "CSV",
    says: "One span a row. Cells that a spreadsheet would run as a formula are defused; our own import gives them back as they were.",
  },
] as const;

/** A plain download link, so that the browser streams to disk, whatever the size. */
export function ExportPanel({ projectId, layers }: { projectId: string; layers: readonly Layer[] }) {
  const [format, setFormat] = useState<string>("jsonl");
  const [layer, setLayer] = useState<Layer>(layers[0] ?? "gold");
  return (
    <div className="grid max-w-xl gap-4 py-6">
      <Select
        label="Format"
        options={FORMATS}
        value={format}
        onChange={(event) => setFormat(event.target.value)}
        hint={FORMATS.find((one) => one.value === format)?.says}
      />
      <Select
        label="What"
        options={layers.map((value) => ({ value, name: LAYERS[value] }))}
        value={layer}
        onChange={(event) => setLayer(event.target.value as Layer)}
        hint="Offsets are Unicode code points. Each span is checked against its text while it is written; a mismatch stops the download."
      />
      <div>
        <a
          href={`/api/v1/projects/${projectId}/export?${new URLSearchParams({ format, layer })}`}
          download
          className="inline-flex h-8 items-center rounded-md bg-ink px-3 font-medium text-paper hover:opacity-90 max-sm:h-10"
        >
          Download
        </a>
      </div>
    </div>
  );
}
