import Link from "next/link";
import { Badge, Empty } from "../ui/page";
import { Ago } from "../ui/time";

export type OrphanRow = {
  readonly id: string;
  readonly reviewId: string;
  readonly articleId: string;
  readonly title: string;
  readonly textVersion: number;
  readonly reviewer: string | null;
  readonly mine: boolean;
  readonly state: "open" | "placed" | "dropped";
  readonly quote: string;
  readonly before: string;
  readonly after: string;
  readonly content: { readonly label: string };
  readonly candidates: readonly unknown[];
  readonly dropReason: string | null;
  readonly droppedAt: string | null;
};

/** Marks whose words are not in the newer version, or could be two places there, article by article. */
export function OrphanList({
  projectId,
  orphans,
  labels,
  status,
}: {
  projectId: string;
  orphans: readonly OrphanRow[];
  labels: ReadonlyMap<string, string>;
  status: OrphanRow["state"];
}) {
  if (orphans.length === 0)
    return (
      <Empty title={status === "open" ? "Every mark has its place" : "None"}>
        {status === "open"
          ? "When a page is imported again, marks whose words are not found in it wait here for the one who made them."
          : "Nothing was found under this choice."}
      </Empty>
    );
  return (
    <ul className="divide-y divide-rule">
      {orphans.map((orphan) => (
        <li key={orphan.id} className="grid gap-1 py-4">
          <p className="text-xs text-ink-2">
            <Link className="link" href={`/projects/${projectId}/articles/${orphan.articleId}/diff`}>
              {orphan.title}, version {orphan.textVersion}
            </Link>
            {orphan.reviewer && !orphan.mine && ` · ${orphan.reviewer}`}
          </p>
          <p className="max-w-[70ch] font-serif text-[18px] leading-7" dir="auto">
            <span className="text-ink-2">…{orphan.before}</span>
            <mark className="bg-hover px-0.5 font-medium text-ink">{orphan.quote}</mark>
            <span className="text-ink-2">{orphan.after}…</span>
          </p>
          <p className="flex flex-wrap items-center gap-2 text-ink-2">
            <Badge>{labels.get(orphan.content.label) ?? orphan.content.label}</Badge>
            {orphan.state === "dropped" ? (
              <span>
                Dropped
                {orphan.droppedAt && (
                  <>
                    {" "}
                    <Ago at={orphan.droppedAt} />
                  </>
                )}
                : {orphan.dropReason}
              </span>
            ) : (
              <span>
                {orphan.candidates.length === 0
                  ? "No place comes near."
                  : orphan.candidates.length === 1
                    ? "1 place comes near."
                    : `${orphan.candidates.length} places come near.`}
              </span>
            )}
            <Link className="link ml-auto" href={`/reviews/${orphan.reviewId}?mark=${orphan.id}`}>
              {orphan.mine && orphan.state === "open" ? "Place it" : orphan.mine ? "Your review" : "The review"}
            </Link>
          </p>
        </li>
      ))}
    </ul>
  );
}
