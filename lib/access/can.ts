/**
 * One table of who may what (interface.md). Pure and closed: what is not allowed here is refused. A use case gathers the facts of
 * the resource in its own transaction and asks; no door decides for itself.
 */
import type { Actor, Role } from "./actor";

/** A project as far as access cares: the actor's roles in it. */
export type ProjectFacts = {
  readonly projectId: string;
  readonly roles: readonly Role[];
  readonly blind: boolean;
  readonly adjudicateOwn: boolean;
  /** Reviewers see what was imported as suggestions. */
  readonly showSuggestions?: boolean;
};

export type OwnReview = "ASSIGNED" | "IN_PROGRESS" | "SUBMITTED" | "SKIPPED";

export type ArticleFacts = ProjectFacts & {
  readonly state: "OPEN" | "ADJUDICATION" | "SETTLED";
  /** The actor's own review of this article, if any. */
  readonly ownReview: OwnReview | null;
  /** That review is training: it is blind also where gold stands already. */
  readonly ownTraining?: boolean;
  /** The queue could give it to the actor. */
  readonly inQueue?: boolean;
  /** The actor was asked into the thread that it is about. */
  readonly invited?: boolean;
  /** A newer version has taken the article's place: everything in it stays as it is. */
  readonly superseded?: boolean;
  /** The actor has an open review of a later version, into which marks of this one went over, and it is not settled. */
  readonly laterOpen?: boolean;
};

export type ReviewFacts = ArticleFacts & { readonly reviewerId: string };

export type AccountAction =
  | "account.see" // one's own sessions and tokens
  | "account.change"; // one's own name, password, sessions, tokens
export type InstanceAction = "users.see" | "users.manage" | "project.create";
export type ProjectAction =
  | "project.see" // name, guideline, scheme, own work
  | "project.edit" // settings, scheme, guideline, members, imports, assignments, batches, articles' metadata and regions, bin
  | "project.oversee" // members, invitations, the bin
  | "articles.list" // every article of the project, settled or not
  | "queue.take"
  | "guideline.keep" // a decision stands under a changed rule
  | "presence.tell" // that one is on a case now
  | "audit.see"
  | "agreement.all" // with names and pairs
  | "agreement.aggregates"
  | "agreement.own"
  | "export.all"
  | "export.reviews" // submitted reviews of everyone, and gold
  | "export.gold" // of settled articles
  | "export.own";
export type ArticleAction =
  | "article.read"
  | "marks.see" // others' reviews, cases, decisions, gold
  | "gold.see"
  | "suggestions.see" // what was imported as suggestions from outside
  | "thread.see" // what is said about a case or a place
  | "thread.write"
  | "decide";
export type ReviewAction = "review.see" | "annotate" | "review.reopen";

const WRITES: ReadonlySet<string> = new Set([
  "account.change",
  "users.manage",
  "project.create",
  "project.edit",
  "queue.take",
  "guideline.keep",
  "presence.tell",
  "decide",
  "thread.write",
  "annotate",
  "review.reopen",
]);

/** What a token may not do, whoever owns it. */
function tokenAllows(actor: Actor, action: string, projectId: string | null): boolean {
  if (actor.via.kind !== "token") return true;
  if (actor.via.readOnly && WRITES.has(action)) return false;
  return actor.via.projectId === null || actor.via.projectId === projectId;
}

const has = (actor: Actor, facts: ProjectFacts, ...roles: readonly Role[]) =>
  actor.isAdmin || facts.roles.some((role) => roles.includes(role));

const OPEN_REVIEW: ReadonlySet<OwnReview | null> = new Set<OwnReview | null>(["ASSIGNED", "IN_PROGRESS"]);

/**
 * Blind comes first: an open review of one's own hides everyone else's marks until the article is settled, in the versions before it too, and
 * an open training review hides them whatever the article's state.
 */
export const blinded = (facts: Pick<ArticleFacts, "blind" | "state" | "ownReview" | "ownTraining" | "laterOpen">) =>
  (facts.blind && facts.laterOpen === true) ||
  (OPEN_REVIEW.has(facts.ownReview) && (facts.ownTraining === true || (facts.blind && facts.state !== "SETTLED")));

/** One's own account; a token bound to a project is no key to it. */
export function canAccount(actor: Actor, action: AccountAction): boolean {
  return tokenAllows(actor, action, null);
}

export function canInstance(actor: Actor, action: InstanceAction): boolean {
  return actor.isAdmin && tokenAllows(actor, action, null);
}

export function canProject(actor: Actor, action: ProjectAction, facts: ProjectFacts): boolean {
  if (!tokenAllows(actor, action, facts.projectId)) return false;
  switch (action) {
    case "project.see":
      return has(actor, facts, "EDITOR", "ADJUDICATOR", "REVIEWER", "VIEWER");
    case "project.edit":
    case "project.oversee":
    case "audit.see":
    case "export.all":
      return has(actor, facts, "EDITOR");
    case "articles.list":
    case "guideline.keep":
    case "presence.tell":
    case "agreement.all":
      return has(actor, facts, "EDITOR", "ADJUDICATOR");
    case "export.reviews":
      return has(actor, facts, "EDITOR", "ADJUDICATOR");
    case "queue.take":
      return has(actor, facts, "REVIEWER", "EDITOR", "ADJUDICATOR");
    case "agreement.aggregates":
      return has(actor, facts, "EDITOR", "ADJUDICATOR", "VIEWER");
    case "agreement.own":
    case "export.own":
      return has(actor, facts, "EDITOR", "ADJUDICATOR", "REVIEWER");
    case "export.gold":
      return has(actor, facts, "EDITOR", "ADJUDICATOR", "VIEWER");
  }
}

export function canArticle(actor: Actor, action: ArticleAction, facts: ArticleFacts): boolean {
  if (!tokenAllows(actor, action, facts.projectId)) return false;
  const settled = facts.state === "SETTLED";
  switch (action) {
    case "article.read":
      return (
        has(actor, facts, "EDITOR", "ADJUDICATOR") ||
        (has(actor, facts, "REVIEWER") && (facts.ownReview !== null || facts.inQueue === true)) ||
        (has(actor, facts, "VIEWER") && settled)
      );
    case "marks.see":
    case "gold.see":
      if (blinded(facts)) return false;
      return (
        has(actor, facts, "EDITOR", "ADJUDICATOR") ||
        (settled && has(actor, facts, "REVIEWER") && facts.ownReview !== null) ||
        (settled && has(actor, facts, "VIEWER"))
      );
    case "suggestions.see":
      // They may be somebody's marks: where the project does not show them, whoever is reviewing sees none, whatever their roles.
      if (facts.showSuggestions) return canArticle(actor, "article.read", facts);
      return (
        !OPEN_REVIEW.has(facts.ownReview) && facts.laterOpen !== true && has(actor, facts, "EDITOR", "ADJUDICATOR")
      );
    case "thread.see":
      // Whoever is asked in has submitted, and hears of it only once no more reviews are waited for.
      return (
        canArticle(actor, "marks.see", facts) ||
        (facts.invited === true &&
          facts.ownReview === "SUBMITTED" &&
          facts.state !== "OPEN" &&
          has(actor, facts, "REVIEWER"))
      );
    case "thread.write":
      return canArticle(actor, "thread.see", facts) && has(actor, facts, "EDITOR", "ADJUDICATOR", "REVIEWER");
    case "decide":
      if (facts.superseded === true || OPEN_REVIEW.has(facts.ownReview)) return false;
      if (facts.ownReview === "SUBMITTED" && facts.ownTraining !== true && !facts.adjudicateOwn) return false;
      return has(actor, facts, "ADJUDICATOR");
  }
}

export function canReview(actor: Actor, action: ReviewAction, facts: ReviewFacts): boolean {
  if (!tokenAllows(actor, action, facts.projectId)) return false;
  const own = facts.reviewerId === actor.userId;
  switch (action) {
    case "review.see":
      return own ? has(actor, facts, "EDITOR", "ADJUDICATOR", "REVIEWER") : canArticle(actor, "marks.see", facts);
    case "annotate":
      return own && has(actor, facts, "EDITOR", "ADJUDICATOR", "REVIEWER");
    case "review.reopen":
      // The owner until adjudication begins, then an editor (the use case records it and marks the review not blind).
      return (
        (own && facts.state === "OPEN" && has(actor, facts, "REVIEWER", "EDITOR", "ADJUDICATOR")) ||
        has(actor, facts, "EDITOR")
      );
  }
}
