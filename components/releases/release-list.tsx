import Link from "next/link";
import type { Figures } from "@/lib/releases/figures";
import { sum } from "@/lib/releases/figures";
import { filterInWords, type ReleaseSettings } from "@/lib/releases/settings";
import { Badge } from "../ui/page";
import { Table, Td, Th } from "../ui/table";
import { Ago } from "../ui/time";
import { count, LAYERS, type ReleaseState, STATES } from "./words";

export type ReleaseRow = {
  readonly number: number;
  readonly state: ReleaseState;
  readonly withheld: boolean;
  readonly settings: ReleaseSettings;
  readonly figures: Figures | null;
  readonly createdBy: string | null;
  readonly createdAt: string;
};

/** Newest first. What is in a release that holds marks of an article under one's own review is not said. */
export function ReleaseList({ projectId, releases }: { projectId: string; releases: readonly ReleaseRow[] }) {
  return (
    <Table caption="Releases of this project">
      <thead>
        <tr>
          <Th>Release</Th>
          <Th>State</Th>
          <Th>What</Th>
          <Th className="text-right">Articles</Th>
          <Th className="text-right">Gold spans</Th>
          <Th>Since the one before</Th>
          <Th>Made</Th>
        </tr>
      </thead>
      <tbody>
        {releases.map((release) => (
          <tr key={release.number}>
            <Td className="font-medium">
              <Link className="link" href={`/projects/${projectId}/releases/${release.number}`}>
                Release {release.number}
              </Link>
            </Td>
            <Td>
              <Badge strong={release.state === "ready"}>{STATES[release.state]}</Badge>
            </Td>
            <Td className="min-w-44">
              {LAYERS[release.settings.layer]}
              {!release.settings.text && ", without texts"}
              {release.settings.splits && `, in ${count(Object.keys(release.settings.splits).length, "split")}`}
              {filterInWords(release.settings.filter).length > 0 && (
                <div className="max-w-[44ch] break-words text-ink-2">
                  Only {filterInWords(release.settings.filter).join("; ")}
                </div>
              )}
              {release.settings.note && (
                <div className="line-clamp-2 max-w-[44ch] break-words text-ink-2">{release.settings.note}</div>
              )}
            </Td>
            <Td className="text-right tabular-nums">
              {release.figures ? count(release.figures.articles, "", "") : "–"}
            </Td>
            <Td className="text-right tabular-nums">
              {release.figures ? count(sum(release.figures.spans.gold), "", "") : "–"}
            </Td>
            <Td className="text-ink-2">
              <Since projectId={projectId} release={release} />
            </Td>
            <Td className="whitespace-nowrap text-ink-2">
              <Ago at={release.createdAt} />
              {release.createdBy && ` by ${release.createdBy}`}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Since({ projectId, release }: { projectId: string; release: ReleaseRow }) {
  if (release.withheld) return "opens when the articles that you review are settled";
  const previous = release.figures?.previous;
  if (!previous) return "–";
  const { added, removed, relabelled, moved } = previous.changes.spans;
  const parts = [
    added > 0 && `${added} added`,
    removed > 0 && `${removed} removed`,
    relabelled + moved > 0 && `${relabelled + moved} changed`,
  ].filter(Boolean);
  return (
    <Link
      className="link"
      href={`/projects/${projectId}/releases/${release.number}/changes?against=${previous.number}`}
      aria-label={`Changes from release ${previous.number} to release ${release.number}`}
    >
      {parts.length > 0 ? parts.join(", ") : "no span is another"}
    </Link>
  );
}
