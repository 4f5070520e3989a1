import Link from "next/link";
import type { Answer } from "../api";
import type { ImportReport } from "./upload";

/** What an import did, or why it did nothing. */
export function Report({ projectId, answer }: { projectId: string; answer: Answer<ImportReport> }) {
  if (!answer.ok)
    return (
      <div role="alert" className="text-ink-2">
        <p className="text-ink">{answer.detail}</p>
        <Faults faults={answer.errors} />
      </div>
    );
  const { articles, spans, suggestions, errors, notes } = answer.value;
  return (
    <div role="status" className="text-ink-2">
      <p>
        {articles.created} {articles.created === 1 ? "article" : "articles"} made
        {articles.version > 0 &&
          `, ${articles.version === articles.created ? (articles.version === 1 ? "a new version" : "all new versions") : `${articles.version} of them new versions`}`}
        {articles.duplicate > 0 && `, ${articles.duplicate} there already`}
        {spans.created > 0 && `, ${spans.created} spans`}
        {suggestions.created > 0 && `, ${suggestions.created} suggestions`}
        {suggestions.duplicate > 0 && `, ${suggestions.duplicate} suggestions there already`}
        {errors.length > 0 && `, ${errors.length} lines left out`}
      </p>
      {notes?.slice(0, 8).map((note) => (
        <p key={`${note.articleId}${note.title}`}>
          {note.articleId && note.title && (
            <Link className="link text-ink" href={`/projects/${projectId}/articles/${note.articleId}`}>
              {note.title}
            </Link>
          )}
          {note.duplicate && " is there already; its text was not stored twice."}
          {note.notes.length > 0 && ` ${note.notes.join(" ")}`}
          {note.version && (
            <>
              {" "}
              <Link className="link text-ink" href={`/projects/${projectId}/articles/${note.articleId}/diff`}>
                What changed
              </Link>
            </>
          )}
        </p>
      ))}
      <Faults faults={errors} />
    </div>
  );
}

export function Faults({ faults }: { faults: readonly { line?: number; path?: string; message: string }[] }) {
  if (faults.length === 0) return null;
  return (
    <ul className="mt-1 max-h-40 overflow-auto">
      {faults.slice(0, 50).map((fault, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a report does not change
        <li key={place}>
          {fault.line !== undefined && <span className="font-medium text-ink">line {fault.line} </span>}
          {fault.path && <code className="text-xs">{fault.path}</code>} {fault.message}
        </li>
      ))}
      {faults.length > 50 && <li>and {faults.length - 50} more</li>}
    </ul>
  );
}
