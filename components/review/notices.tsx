import type { ReviewPage } from "./model";

/** Over the article: what stands in the way of marking it, or was said with it. */
export function Notices({
  page,
  status,
  storage,
  onReopen,
}: {
  page: ReviewPage;
  status: string;
  storage: string | null;
  onReopen: () => void;
}) {
  const { sentBackComment, skipReason, mine, mayReopen } = page.review;
  return (
    <>
      {storage !== null && (
        <p className="rv-notice" role="alert">
          <b>Nothing is kept on this computer:</b> {storage}. Marks are sent to Gloss all the same; stay on this page
          until it says saved.
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
