"use client";

import { useState } from "react";
import { Select } from "../ui/field";

export type Layer = "gold" | "reviews" | "all";
const LAYERS: Readonly<Record<Layer, string>> = {
  all: "Everything: reviews, gold, decisions",
  reviews: "Submitted reviews",
  gold: "Gold only",
};
export type ExportFormat = { readonly value: string; readonly name: string; readonly says: string };

/** A plain download link, so that the browser streams to disk, whatever the size. */
export function ExportPanel({
  projectId,
  layers,
  formats,
}: {
  projectId: string;
  layers: readonly Layer[];
  formats: readonly ExportFormat[];
}) {
  const [format, setFormat] = useState<string>("jsonl");
  const [layer, setLayer] = useState<Layer>(layers[0] ?? "gold");
  return (
    <div className="grid max-w-xl gap-4 py-6">
      <Select
        label="Format"
        options={formats}
        value={format}
        onChange={(event) => setFormat(event.target.value)}
        hint={formats.find((one) => one.value === format)?.says}
      />
      <Select
        label="What"
        options={layers.map((value) => ({ value, name: LAYERS[value] }))}
        value={layer}
        onChange={(event) => setLayer(event.target.value as Layer)}
        hint="Each span is checked against its text while it is written; a mismatch stops the download."
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
