import type { ReviewPage } from "./model";

/** Over the article: what stands in the way of marking it, or was said with it. */
export function Notices({
  page,
  status,
  storage,
  waiting,
  onReopen,
  onOrphans,
}: {
  page: ReviewPage;
  status: string;
  storage: string | null;
  /** Marks of the version before without a place. */
  waiting: number;
  onReopen: () => void;
  onOrphans: () => void;
}) {
  const { version, carried } = page;
  const drifted = carried.spans.filter(({ kind }) => kind === "drifted").length;
  const changes = `/projects/${page.project.id}/articles/${page.article.id}/diff`;
  const { sentBackComment, skipReason, mine, mayReopen } = page.review;
  return (
    <>
      {storage !== null && (
        <p className="rv-notice" role="alert">
          <b>Nothing is kept on this computer:</b> {storage}. Marks are sent to Gloss all the same; stay on this page
          until it says saved.
        </p>
      )}
      {version.superseded && (
        <p className="rv-notice" role="note">
          <b>A newer version has taken this article’s place.</b> What you marked here stays as it was.{" "}
          {version.newest && (
            <a className="link" href={`/reviews/${version.newest}`}>
              Go on in the newer one
            </a>
          )}
        </p>
      )}
      {!version.superseded && carried.spans.length > 0 && (
        <p className="rv-notice" role="note">
          <b>Version {version.number} of this article.</b> {carriedWords(carried.spans.length, drifted, waiting)}{" "}
          {waiting > 0 && (
            <>
              <button type="button" className="link" onClick={onOrphans}>
                {waiting === 1 ? "Place it" : "Place them"}
              </button>
              {" · "}
            </>
          )}
          <a className="link" href={changes}>
            What changed
          </a>
        </p>
      )}
      {sentBackComment && status !== "SUBMITTED" && (
        <p className="rv-notice" role="note">
          <b>Sent back:</b> {sentBackComment}
        </p>
      )}
      {status === "SUBMITTED" && (
        <p className="rv-notice" role="note">
          <b>Submitted.</b> It can be read, not edited.{" "}
          {mine && mayReopen && (
            <button type="button" className="link" onClick={onReopen}>
              Reopen it
            </button>
          )}
        </p>
      )}
      {status === "SKIPPED" && (
        <p className="rv-notice" role="note">
          <b>Skipped.</b> {skipReason ? `“${skipReason}”` : ""} An editor can give it back to you.
        </p>
      )}
    </>
  );
}

function carriedWords(all: number, drifted: number, waiting: number): string {
  const some = (many: number, one: string, more: string) => (many === 0 ? [] : [`${many} ${many === 1 ? one : more}`]);
  return `${[
    `${all} ${all === 1 ? "mark comes" : "marks come"} from the version before`,
    ...some(drifted, "on changed words", "on changed words"),
    ...some(waiting, "has no place", "have no place"),
  ].join(", ")}.`;
}
