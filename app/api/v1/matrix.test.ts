/**
 * Every route and method times everyone who may ask (attack row Z02). A route without a row here fails; so does a row without a route.
 * Denied writes must leave no trace in the audit. Ids of another project are answered as ids of nothing, whatever path they stand in.
 * Every answer to any of it, and to requests made at random from the schemas, is as the description of the API says.
 */
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_SCHEME } from "@/lib/scheme/default";
import { prisma } from "@/lib/server/db";
import { type Operation, operationsOf, parametersOf } from "@/lib/server/openapi";
import { faultsOf, fits, valuesOf } from "@/lib/server/testing/contract";
import { at, put } from "@/lib/server/testing/desk";
import { send } from "@/lib/server/testing/people";
import { makeWorld, type World } from "@/lib/server/testing/world";
import { ROUTES } from "./routes";

/** In the order of the columns below. `reading`: the editor's token that only reads; `elsewhere`: theirs, bound to another project. */
const WHO = [
  "anonymous",
  "stranger",
  "reviewer",
  "adjudicator",
  "editor",
  "viewer",
  "admin",
  "reading",
  "elsewhere",
] as const;
type Who = (typeof WHO)[number];
type Statuses = readonly [number, number, number, number, number, number, number, number, number];

type Row = {
  readonly statuses: Statuses;
  readonly params?: (world: World, who: Who) => Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: (world: World, who: Who) => unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Reading it is written down. */
  readonly recorded?: true;
  /** It leaves nothing for others to do: it has a world of its own. */
  readonly alone?: true;
  /** It can be done once: everyone who may gets a world of their own. */
  readonly once?: true;
};

// Who is asking:                     anonymous stranger reviewer adjudicator editor viewer admin reading elsewhere
const ANYONE: Statuses /*         */ = [401, 200, 200, 200, 200, 200, 200, 200, 200];
const MEMBERS: Statuses /*        */ = [401, 404, 200, 200, 200, 200, 200, 200, 404];
const DESK_READS: Statuses /*     */ = [401, 404, 403, 200, 200, 403, 200, 200, 404];
const EDITORS_READ: Statuses /*   */ = [401, 404, 403, 403, 200, 403, 200, 200, 404];
const EDITORS_WRITE: Statuses /*  */ = [401, 404, 403, 403, 200, 403, 200, 403, 404];
const ADJUDICATORS: Statuses /*   */ = [401, 404, 403, 200, 403, 403, 200, 403, 404];
const ADMINS_READ: Statuses /*    */ = [401, 403, 403, 403, 403, 403, 200, 403, 403];
const ADMINS_WRITE: Statuses /*   */ = [401, 403, 403, 403, 403, 403, 200, 403, 403];
const OWN_ACCOUNT_READ: Statuses = [401, 200, 200, 200, 200, 200, 200, 200, 403];
const OWN_ACCOUNT_WRITE: Statuses = [401, 200, 200, 200, 200, 200, 200, 403, 403];
// Of an article that is not settled, a viewer knows nothing.
const ARTICLE_READ: Statuses /*   */ = [401, 404, 200, 200, 200, 404, 200, 200, 404];
const ARTICLE_MARKS: Statuses /*  */ = [401, 404, 403, 200, 200, 404, 200, 200, 404];
const ARTICLE_EDIT: Statuses /*   */ = [401, 404, 403, 403, 200, 404, 200, 403, 404];
const RELEASES_READ: Statuses /*  */ = [401, 404, 403, 200, 200, 200, 200, 200, 404];
const OWN_REVIEW: Statuses /*     */ = [401, 404, 200, 403, 403, 404, 403, 403, 404];

/** The same, with another status for what is allowed. */
const made = (statuses: Statuses, status = 201): Statuses => {
  const [a, b, c, d, e, f, g, h, i] = statuses.map((one) => (one === 200 ? status : one));
  return [a ?? 0, b ?? 0, c ?? 0, d ?? 0, e ?? 0, f ?? 0, g ?? 0, h ?? 0, i ?? 0];
};

const project = (w: World) => ({ project: w.projectId });
const open = (w: World) => ({ article: w.open });
const disputed = (w: World) => ({ article: w.disputed });
const openReview = (w: World) => ({ review: w.openReview });
const submitted = (w: World) => ({ review: w.submittedReview });
const release = (w: World) => ({ project: w.projectId, release: String(w.release) });
const waiting = (w: World) => ({ project: w.projectId, release: String(w.release - 1) });
const member = (w: World) => ({ project: w.projectId, user: w.c.person.id });
const webhook = (w: World) => ({ project: w.projectId, webhook: w.webhook });
const any = { "if-match": "*" };

const TABLE: Readonly<Record<string, Row>> = {
  "GET /me": { statuses: ANYONE },
  "PATCH /me": { statuses: OWN_ACCOUNT_WRITE, body: () => ({ name: "Another name" }) },
  "GET /me/day": { statuses: ANYONE, query: "?zone=Europe/Berlin" },
  "GET /me/sessions": { statuses: OWN_ACCOUNT_READ },
  "DELETE /me/sessions": { statuses: OWN_ACCOUNT_WRITE, alone: true },
  "DELETE /me/sessions/{session}": {
    alone: true,
    statuses: [401, 404, 404, 404, 204, 404, 404, 403, 403],
    params: (w) => ({ session: sessionOf(w) }),
  },
  "GET /me/tokens": { statuses: OWN_ACCOUNT_READ },
  "POST /me/tokens": { statuses: made(OWN_ACCOUNT_WRITE), body: () => ({ name: "script" }) },
  "DELETE /me/tokens/{token}": {
    statuses: [401, 404, 404, 404, 204, 404, 404, 403, 403],
    params: (w) => ({ token: w.spareToken }),
  },
  "GET /users": { statuses: ADMINS_READ },
  "POST /users": {
    statuses: made(ADMINS_WRITE),
    body: () => ({ email: `${randomUUID()}@desk.example`, name: "New" }),
  },
  "PATCH /users/{user}": {
    alone: true,
    statuses: ADMINS_WRITE,
    params: (w) => ({ user: w.b.person.id }),
    body: () => ({ name: "Renamed", isAdmin: true }),
  },
  "POST /users/{user}/reset-link": {
    alone: true,
    statuses: made(ADMINS_WRITE),
    params: (w) => ({ user: w.b.person.id }),
  },

  "GET /projects": { statuses: ANYONE },
  "POST /projects": { statuses: made(ADMINS_WRITE), body: () => ({ name: "New" }) },
  "GET /projects/{project}": { statuses: MEMBERS, params: project },
  "PATCH /projects/{project}": {
    statuses: EDITORS_WRITE,
    params: project,
    body: () => ({ description: randomUUID() }),
  },
  "GET /bin": { statuses: ANYONE },
  "DELETE /projects/{project}": { statuses: made(EDITORS_WRITE, 204), params: project, once: true },
  "POST /projects/{project}/restore": { statuses: EDITORS_WRITE, params: project },
  "GET /projects/{project}/scheme": { statuses: MEMBERS, params: project },
  "PUT /projects/{project}/scheme": {
    statuses: EDITORS_WRITE,
    params: project,
    headers: any,
    body: (_w, who) => ({
      ...DEFAULT_SCHEME,
      labels: DEFAULT_SCHEME.labels.map((one) => ({ ...one, description: who })),
    }),
  },
  "GET /projects/{project}/scheme/versions": { statuses: MEMBERS, params: project },
  "GET /projects/{project}/guideline": { statuses: MEMBERS, params: project },
  "PUT /projects/{project}/guideline": {
    statuses: EDITORS_WRITE,
    params: project,
    headers: any,
    body: (_w, who) => ({ markdown: who }),
  },
  "GET /projects/{project}/guideline/versions": { statuses: MEMBERS, params: project },
  "GET /projects/{project}/guideline/rules": { statuses: MEMBERS, params: project },
  "GET /projects/{project}/guideline/rules/{rule}/decisions": {
    statuses: MEMBERS,
    params: (w) => ({ project: w.projectId, rule: "1.1" }),
  },
  "GET /projects/{project}/guideline/recheck": { statuses: DESK_READS, params: project },
  "POST /projects/{project}/guideline/recheck": {
    statuses: [401, 404, 403, 200, 200, 403, 200, 403, 404],
    params: project,
    body: () => ({ decisions: [randomUUID()] }),
  },
  "GET /projects/{project}/members": { statuses: EDITORS_READ, params: project },
  "POST /projects/{project}/members": {
    statuses: made(EDITORS_WRITE),
    params: project,
    body: () => ({ email: `${randomUUID()}@desk.example`, roles: ["REVIEWER"] }),
  },
  "PATCH /projects/{project}/members/{user}": {
    alone: true,
    statuses: EDITORS_WRITE,
    params: member,
    body: () => ({ roles: ["ADJUDICATOR"] }),
  },
  "DELETE /projects/{project}/members/{user}": { statuses: made(EDITORS_WRITE, 204), params: member, once: true },
  "GET /projects/{project}/invitations": { statuses: EDITORS_READ, params: project },
  "DELETE /projects/{project}/invitations/{invitation}": {
    statuses: made(EDITORS_WRITE, 204),
    params: (w) => ({ project: w.projectId, invitation: w.invitation }),
  },
  "GET /projects/{project}/batches": { statuses: DESK_READS, params: project },
  "POST /projects/{project}/batches": { statuses: made(EDITORS_WRITE), params: project, body: () => ({ name: "New" }) },
  "GET /projects/{project}/batches/{batch}": {
    statuses: DESK_READS,
    params: (w) => ({ project: w.projectId, batch: w.batch }),
  },
  "POST /projects/{project}/batches/{batch}/articles": {
    statuses: EDITORS_WRITE,
    params: (w) => ({ project: w.projectId, batch: w.batch }),
    body: (w, who) => ({ articles: [w.fresh], remove: who === "admin" }),
  },
  // The round names Annika, who is the reviewer here; its meeting has not begun, and its articles wait for reviews.
  "GET /projects/{project}/batches/{batch}/meeting": {
    statuses: [401, 404, 200, 200, 200, 404, 200, 200, 404],
    params: (w) => ({ project: w.projectId, batch: w.round }),
  },
  "POST /projects/{project}/batches/{batch}/meeting": {
    statuses: [401, 404, 403, 409, 409, 404, 409, 403, 404],
    params: (w) => ({ project: w.projectId, batch: w.round }),
  },
  "PATCH /projects/{project}/batches/{batch}/meeting": {
    statuses: [401, 404, 403, 409, 409, 404, 409, 403, 404],
    params: (w) => ({ project: w.projectId, batch: w.round }),
    body: () => ({ ended: true }),
  },
  "GET /projects/{project}/reviews/idle": { statuses: EDITORS_READ, params: project },
  "GET /projects/{project}/reviews/training": { statuses: EDITORS_READ, params: project },
  "POST /projects/{project}/reviews/idle": {
    statuses: EDITORS_WRITE,
    params: project,
    body: () => ({ reviews: [randomUUID()] }),
  },
  "PATCH /projects/{project}/batches/{batch}": {
    statuses: EDITORS_WRITE,
    params: (w) => ({ project: w.projectId, batch: w.batch }),
    body: (_w, who) => ({ name: who }),
  },
  "GET /projects/{project}/overview": { statuses: DESK_READS, params: project },
  "GET /projects/{project}/export/choices": { statuses: MEMBERS, params: project },
  "GET /projects/{project}/rights": { statuses: MEMBERS, params: project },
  "GET /projects/{project}/affected": { statuses: EDITORS_READ, params: project },
  "GET /projects/{project}/queue": { statuses: MEMBERS, params: project },
  "GET /projects/{project}/outlets": { statuses: DESK_READS, params: project },
  "GET /projects/{project}/cases/facets": { statuses: DESK_READS, params: project },
  "GET /projects/{project}/releases/outlook": { statuses: EDITORS_READ, params: project },
  "GET /articles/{article}/rights": { statuses: ARTICLE_READ, params: open },
  // Nobody has such a link; a token takes up none.
  "POST /me/invitations": {
    statuses: [401, 404, 404, 404, 404, 404, 404, 403, 403],
    body: () => ({ secret: "no-such-invitation" }),
  },
  "GET /projects/{project}/webhooks": { statuses: EDITORS_READ, params: project },
  "POST /projects/{project}/webhooks": {
    statuses: made(EDITORS_WRITE),
    params: project,
    body: () => ({ url: "https://nobody.example/hook", events: ["release.ready"] }),
  },
  "PATCH /projects/{project}/webhooks/{webhook}": {
    statuses: EDITORS_WRITE,
    params: webhook,
    body: () => ({ enabled: false }),
  },
  "DELETE /projects/{project}/webhooks/{webhook}": { statuses: made(EDITORS_WRITE, 204), params: webhook, once: true },
  "POST /projects/{project}/webhooks/{webhook}/ping": { statuses: made(EDITORS_WRITE, 202), params: webhook },
  "GET /projects/{project}/webhooks/{webhook}/deliveries": { statuses: EDITORS_READ, params: webhook },
  "POST /projects/{project}/webhooks/{webhook}/deliveries/{delivery}/replay": {
    statuses: made(EDITORS_WRITE, 202),
    params: (w) => ({ ...webhook(w), delivery: w.delivery }),
  },
  "GET /projects/{project}/audit": { statuses: EDITORS_READ, params: project },

  "GET /projects/{project}/articles": { statuses: MEMBERS, params: project },
  "POST /projects/{project}/articles": {
    statuses: made(EDITORS_WRITE),
    params: project,
    body: (_w, who) => ({ title: "New", text: `A text by ${who}.` }),
  },
  "POST /projects/{project}/imports": {
    statuses: EDITORS_WRITE,
    params: project,
    query: "?format=jsonl",
    headers: { "content-type": "application/octet-stream" },
    body: (_w, who) => `${JSON.stringify({ title: "New", text: `An imported text by ${who}.` })}\n`,
  },
  "POST /projects/{project}/imports/preview": {
    statuses: EDITORS_WRITE,
    params: project,
    query: "?format=jsonl",
    headers: { "content-type": "application/octet-stream" },
    body: () => `${JSON.stringify({ title: "New", text: "A text that is only looked at." })}\n`,
  },
  // Switched off, as it is unless GLOSS_IMPORT_URL says otherwise.
  "POST /projects/{project}/imports/url": {
    statuses: [401, 404, 403, 403, 403, 403, 403, 403, 404],
    params: project,
    body: () => ({ url: "http://127.0.0.1:9/" }),
  },
  "GET /projects/{project}/export": {
    statuses: MEMBERS, // of all layers each gets what is theirs to have
    recorded: true,
    params: project,
    query: "?format=jsonl&layer=all",
  },
  "GET /projects/{project}/export · reviews": {
    statuses: [401, 404, 200, 200, 200, 403, 200, 200, 404],
    recorded: true,
    params: project,
    query: "?format=jsonl&layer=reviews",
  },
  "GET /projects/{project}/export · gold": {
    statuses: [401, 404, 403, 200, 200, 200, 200, 200, 404],
    recorded: true,
    params: project,
    query: "?format=jsonl&layer=gold",
  },
  "GET /projects/{project}/export/count": { statuses: MEMBERS, params: project, query: "?layer=all" },
  "GET /projects/{project}/export/count · gold": {
    statuses: [401, 404, 403, 200, 200, 200, 200, 200, 404],
    params: project,
    query: "?layer=gold",
  },
  "GET /projects/{project}/values": { statuses: [401, 404, 200, 200, 200, 403, 200, 200, 404], params: project },
  "PUT /projects/{project}/sources": {
    statuses: EDITORS_WRITE,
    params: project,
    body: () => ({ name: "Harbour board", aliases: ["the board"] }),
  },
  "GET /projects/{project}/targets": {
    statuses: [401, 404, 200, 200, 200, 403, 200, 200, 404],
    params: project,
    query: "?labels=CLAIM&q=weir",
  },
  "GET /projects/{project}/releases": { statuses: RELEASES_READ, params: project },
  "POST /projects/{project}/releases": { statuses: made(EDITORS_WRITE), params: project, body: () => ({}) },
  "GET /projects/{project}/releases/{release}": { statuses: RELEASES_READ, params: release },
  "GET /projects/{project}/releases/{release}/diff": {
    statuses: [401, 404, 403, 409, 409, 409, 409, 409, 404], // there is no release before it
    params: release,
  },
  "GET /projects/{project}/releases/{release}/files/{file}": {
    statuses: RELEASES_READ,
    recorded: true,
    params: (w) => ({ ...release(w), file: "data.txt" }),
  },
  // A viewer knows of finished ones only.
  "POST /projects/{project}/releases/{release}/cancel": {
    statuses: [401, 404, 403, 403, 200, 404, 200, 403, 404],
    params: waiting,
  },
  "POST /projects/{project}/releases/{release}/retry": {
    statuses: [401, 404, 403, 403, 200, 404, 200, 403, 404],
    params: (w) => ({ project: w.projectId, release: String(w.release - 2) }),
    once: true,
  },
  "GET /projects/{project}/agreement": { statuses: MEMBERS, params: project, query: "?replicates=10" },
  "GET /projects/{project}/agreement/csv": { statuses: MEMBERS, params: project, query: "?replicates=10" },
  "GET /projects/{project}/agreement/progress": { statuses: MEMBERS, params: project },
  "DELETE /projects/{project}/agreement/progress": { statuses: made(MEMBERS, 204), params: project },
  // Who may is told that there are too few cases.
  "POST /projects/{project}/competence": { statuses: [401, 404, 403, 403, 409, 403, 409, 403, 404], params: project },
  "POST /projects/{project}/queue/next": { statuses: [401, 404, 200, 201, 201, 403, 201, 403, 404], params: project },
  "GET /articles/{article}": { statuses: ARTICLE_READ, params: open },
  "GET /articles/{article}/original": { statuses: ARTICLE_READ, params: open },
  "PATCH /articles/{article}": { statuses: ARTICLE_EDIT, params: open, body: (_w, who) => ({ title: who }) },
  "DELETE /articles/{article}": { statuses: made(ARTICLE_EDIT, 204), params: open, once: true },
  "POST /articles/{article}/restore": {
    statuses: [401, 404, 404, 404, 200, 404, 200, 403, 404],
    params: (w) => ({ article: w.binned }),
    once: true,
  },
  "GET /articles/{article}/versions": { statuses: ARTICLE_READ, params: (w) => ({ article: w.moved }) },
  "POST /articles/{article}/versions": {
    alone: true,
    statuses: made(ARTICLE_EDIT),
    params: open,
    body: (_w, who) => ({ text: `What it says now, by ${who}.` }),
  },
  "GET /articles/{article}/diff": { statuses: ARTICLE_READ, params: (w) => ({ article: w.moved }) },
  // Its own reviewer's: whoever may see the review besides may not change it.
  "GET /projects/{project}/orphans": { statuses: [401, 404, 200, 200, 200, 403, 200, 200, 404], params: project },
  "POST /orphans/{orphan}/place": {
    alone: true,
    statuses: OWN_REVIEW,
    params: (w) => ({ orphan: w.orphan }),
    body: () => ({ start: 0, end: 4 }),
  },
  "POST /orphans/{orphan}/drop": {
    alone: true,
    statuses: made(OWN_REVIEW, 204),
    params: (w) => ({ orphan: w.orphan }),
    body: () => ({ reason: "It is gone." }),
  },
  "POST /orphans/{orphan}/restore": {
    alone: true,
    statuses: made(OWN_REVIEW, 204),
    params: (w) => ({ orphan: w.orphan }),
  },
  "POST /articles/{article}/close": { statuses: ARTICLE_EDIT, params: disputed, body: () => ({ closed: true }) },
  "GET /articles/{article}/reviews": { statuses: ARTICLE_READ, params: open },
  "POST /articles/{article}/reviews": {
    statuses: made(ARTICLE_EDIT),
    params: open,
    body: (w, who) => ({ reviewerId: who === "admin" ? w.b.person.id : w.c.person.id }),
  },
  "GET /articles/{article}/cases": { statuses: ARTICLE_MARKS, params: disputed },
  "GET /articles/{article}/gold": { statuses: ARTICLE_MARKS, params: disputed },
  // Of an article that she is reviewing a reviewer sees none, unless the project shows them.
  "GET /articles/{article}/suggestions": { statuses: ARTICLE_MARKS, params: open },
  "GET /projects/{project}/suggestions": { statuses: DESK_READS, params: project },
  "DELETE /projects/{project}/suggestions/{set}": {
    statuses: made(EDITORS_WRITE, 204),
    params: (w) => ({ project: w.projectId, set: w.suggestionSet }),
    once: true,
  },
  "GET /articles/{article}/decisions": { statuses: ARTICLE_MARKS, params: disputed },
  "POST /articles/{article}/decisions": {
    statuses: [401, 404, 403, 201, 403, 404, 201, 403, 404],
    params: disputed,
    body: () => {
      const { start, end } = at("Nobody was hurt");
      const span = { id: randomUUID(), start, end, label: "CLAIM", attributes: {} };
      return { id: randomUUID(), action: "create", spans: [span], reasonCode: "missed" };
    },
  },
  "GET /projects/{project}/cases": { statuses: MEMBERS, params: project },
  "GET /projects/{project}/cases/counts": { statuses: MEMBERS, params: project },
  "POST /projects/{project}/decisions/unanimous": {
    statuses: ADJUDICATORS,
    params: project,
    body: () => ({ dryRun: true }),
  },
  "GET /projects/{project}/live": { statuses: DESK_READS, params: project },
  "POST /projects/{project}/presence": {
    statuses: [401, 404, 403, 204, 204, 403, 204, 403, 404],
    params: project,
    body: (w) => ({ articleId: w.disputed, caseId: w.caseId }),
  },
  // A case is not known to whoever may not see it, though they may read its article.
  "GET /cases/{case}": { statuses: [401, 404, 404, 200, 200, 404, 200, 200, 404], params: (w) => ({ case: w.caseId }) },
  "POST /cases/{case}/decisions": {
    statuses: [401, 404, 404, 201, 403, 404, 201, 403, 404],
    params: (w) => ({ case: w.caseId }),
    body: () => ({ id: randomUUID(), action: "nothing", reasonCode: "label" }),
    once: true,
  },
  "GET /cases/{case}/precedents": {
    statuses: [401, 404, 404, 200, 200, 404, 200, 200, 404],
    params: (w) => ({ case: w.caseId }),
  },
  // Nothing is decided yet that others could follow.
  "POST /cases/{case}/decisions/alike": {
    statuses: [401, 404, 404, 409, 403, 404, 409, 403, 404],
    params: (w) => ({ case: w.caseId }),
    body: () => ({ dryRun: true }),
  },
  "GET /me/inbox": { statuses: ANYONE },
  "POST /me/inbox": { statuses: OWN_ACCOUNT_WRITE, body: () => ({ keys: [] }) },
  "GET /articles/{article}/threads": { statuses: ARTICLE_MARKS, params: disputed },
  "POST /articles/{article}/threads": {
    statuses: [401, 404, 403, 201, 201, 404, 201, 403, 404],
    params: disputed,
    body: (w, who) => ({ caseId: w.caseId, body: `What of this, asks ${who}` }),
  },
  "GET /projects/{project}/threads": { statuses: MEMBERS, params: project },
  // Known to whoever may see others' marks there; the reviewer was not asked in.
  "GET /threads/{thread}": {
    statuses: [401, 404, 404, 200, 200, 404, 200, 200, 404],
    params: (w) => ({ thread: w.thread }),
  },
  "PATCH /threads/{thread}": {
    statuses: [401, 404, 404, 200, 200, 404, 200, 403, 404],
    params: (w) => ({ thread: w.thread }),
    body: (_w, who) => ({ resolved: who !== "editor" }),
  },
  "POST /threads/{thread}/posts": {
    statuses: [401, 404, 404, 201, 201, 404, 201, 403, 404],
    params: (w) => ({ thread: w.thread }),
    body: () => ({ body: "So it is." }),
  },
  "POST /threads/{thread}/guests": {
    statuses: [401, 404, 404, 200, 200, 404, 200, 403, 404],
    params: (w) => ({ thread: w.thread }),
    body: (w) => ({ userId: w.b.person.id }),
  },
  "GET /reviews/{review}": { statuses: ARTICLE_READ, params: openReview },
  "DELETE /reviews/{review}": { statuses: made(ARTICLE_EDIT, 204), params: openReview, once: true },
  "POST /reviews/{review}/changes": {
    statuses: OWN_REVIEW,
    params: openReview,
    body: () => ({ changes: [put("the weir would fail")] }),
  },
  // Not settled: who may see the review is told that it is too early.
  "GET /reviews/{review}/gold": {
    statuses: [401, 404, 409, 409, 409, 404, 409, 409, 404],
    params: openReview,
  },
  "POST /reviews/{review}/submit": {
    alone: true,
    statuses: OWN_REVIEW,
    params: openReview,
    body: () => ({ version: 0 }),
  },
  "POST /reviews/{review}/skip": { statuses: OWN_REVIEW, params: openReview, body: () => ({ reason: "Not my field" }) },
  "POST /reviews/{review}/time": {
    statuses: OWN_REVIEW,
    params: openReview,
    body: () => ({ seconds: 1, zone: "Europe/Berlin" }),
  },
  "POST /reviews/{review}/send-back": {
    statuses: ARTICLE_EDIT,
    params: submitted,
    body: () => ({ comment: "Look again" }),
  },
  "POST /reviews/{review}/reopen": { statuses: ARTICLE_EDIT, params: submitted },
};

const sessionOf = ({ editor }: World) => (editor.actor.via.kind === "session" ? editor.actor.via.sessionId : "");

const operations = operationsOf(ROUTES);
const keyOf = ({ method, path }: Operation) => `${method} ${path}`;

type Asked = { readonly status: number; readonly body: string };

async function ask(key: string, row: Row, w: World, who: Who, params = row.params?.(w, who) ?? {}): Promise<Asked> {
  const operation = operations.find((one) => keyOf(one) === key.split(" · ")[0]);
  const handler = ROUTES.find((one) => one.path === operation?.path)?.handlers[operation?.method ?? "GET"];
  if (!operation || !handler) throw new Error(`no route for ${key}`);
  const { method } = operation;
  const tokens: Partial<Record<Who, string>> = { reading: w.reading, elsewhere: w.elsewhere };
  const people = {
    stranger: w.stranger,
    reviewer: w.a,
    adjudicator: w.adjudicator,
    editor: w.editor,
    viewer: w.viewer,
    admin: w.admin,
  };
  const token = tokens[who];
  const cookie = who in people ? people[who as keyof typeof people].cookie : undefined;
  const body = method === "GET" ? undefined : row.body?.(w, who);
  const response = await send(handler, {
    method,
    path: `/${row.query ?? ""}`,
    params,
    ...(token ? { token } : {}),
    ...(cookie ? { cookie } : {}),
    headers: row.headers ?? {},
    ...(body === undefined ? {} : { body }),
  });
  const faults = await faultsOf(operation, response);
  if (faults.length > 0) throw new Error(`${key} by ${who} answers what is not described:\n${faults.join("\n")}`);
  return { status: response.status, body: await response.text() };
}

/** In the audit of some worlds, and of no project: others are made meanwhile. */
const entries = (...worlds: readonly World[]) =>
  prisma().auditEntry.count({
    where: { OR: [{ projectId: null }, { projectId: { in: worlds.map((one) => one.projectId) } }] },
  });

/** One is made while the one before is used. */
let next: Promise<World> | null = null;
const freshWorld = (): Promise<World> => {
  const made = next ?? makeWorld();
  next = made.then(makeWorld);
  return made;
};
const rows = Object.entries(TABLE).map(([key, row]) => ({ key, row }));
const reads = rows.filter(({ key }) => key.startsWith("GET"));
const writes = rows.filter(({ key }) => !key.startsWith("GET"));
const placed = rows.filter(({ key }) => key.includes("{"));

let world: World;
let foreign: World;
/** In which everything that can be done again is done. */
let used: World;
beforeAll(async () => {
  process.env.GLOSS_WEBHOOKS = "1";
  world = await makeWorld();
  foreign = await makeWorld();
  used = await makeWorld();
});

it("has a row for every route and method, and a route for every row", () => {
  const routes = operations.map(keyOf);
  expect([...new Set(rows.map(({ key }) => key.split(" · ")[0]))].sort()).toEqual(routes.sort());
});

describe("reading", () => {
  it.each(reads)("$key", async ({ key, row }) => {
    const before = await entries(world);
    const found: number[] = [];
    for (const who of WHO) found.push((await ask(key, row, world, who)).status);
    expect(found).toEqual(row.statuses);
    const given = found.filter((status) => status === 200).length;
    expect(await entries(world)).toBe(before + (row.recorded ? given : 0));
  });
});

describe("a NUL in the query", () => {
  it.each(reads)("$key calls it malformed", async ({ key, row }) => {
    for (const name of ["q", "cursor", "a\0"]) {
      const query = `?${new URLSearchParams({ [name]: "a\0b" })}`;
      expect(await ask(key, { ...row, query }, world, "admin")).toMatchObject({
        status: 400,
        body: expect.stringContaining(name === "a\0" ? "malformed" : "not-well-formed"),
      });
    }
  });
});

describe("writing", () => {
  it.each(writes)("$key", async ({ key, row }) => {
    const may = WHO.filter((_, n) => (row.statuses[n] ?? 0) < 300);
    const denied = WHO.filter((who) => !may.includes(who));
    const before = await entries(world);
    const found = new Map<Who, number>();
    for (const who of denied) found.set(who, (await ask(key, row, world, who)).status);
    expect(await entries(world), "a denied write left a trace").toBe(before);
    let here = row.alone ? await freshWorld() : used;
    for (const who of may) {
      if (row.once) here = await freshWorld();
      const asked = await ask(key, row, here, who);
      found.set(who, asked.status);
      if (asked.status >= 300) expect(`${who}: ${asked.body}`).toBe("allowed");
    }
    expect(WHO.map((who) => found.get(who))).toEqual(row.statuses);
  });
});

describe("ids of another project", () => {
  const unknown = (key: string) => Object.fromEntries(parametersOf(key).map((name) => [name, randomUUID()]));

  it.each(placed)("$key is answered as for ids of nothing", async ({ key, row }) => {
    const before = await entries(world, foreign);
    for (const who of ["editor", "reviewer", "adjudicator", "elsewhere"] as const) {
      const nothing = await ask(key, row, world, who, unknown(key));
      const theirs = await ask(key, row, world, who, row.params?.(foreign, who));
      expect([403, 404]).toContain(nothing.status);
      expect(theirs).toEqual(nothing);
    }
    // Nor do they tell a stranger that there is anything.
    expect(await ask(key, row, world, "stranger")).toEqual(await ask(key, row, world, "stranger", unknown(key)));
    expect(await entries(world, foreign)).toBe(before);
  });

  // A rule is named by where it stands in the project's own guideline: the same name is a rule in each.
  const ids = (key: string) => parametersOf(key).filter((name) => name !== "rule");
  it.each(placed.filter(({ key }) => ids(key).length > 1))(
    "$key is not reached by way of one's own",
    async ({ key, row }) => {
      const before = await entries(world, foreign);
      for (const who of ["editor", "admin"] as const) {
        const mixed = { ...row.params?.(foreign, who), project: world.projectId };
        const nothing = { ...unknown(key), project: world.projectId };
        const asked = await ask(key, row, world, who, mixed);
        expect(asked.status).toBe(404);
        expect(asked).toEqual(await ask(key, row, world, who, nothing));
      }
      expect(await entries(world, foreign)).toBe(before);
    },
  );

  it.each(placed)("$key with what is no id is not there", async ({ key, row }) => {
    for (const value of ["1", "..", "' OR 1=1 --", "%00", randomUUID().toUpperCase().slice(1)]) {
      const params = Object.fromEntries(parametersOf(key).map((name) => [name, value]));
      expect((await ask(key, row, world, "admin", params)).status).toBe(404);
    }
  });
});

/** Schemas say so much of what is refused; what else is, is for the use cases to say, by codes of their own. */
const SAID_BY_SCHEMA = /"code":"(?:invalid-type|unknown-field|invalid-value)"/;

describe("requests made from the description", () => {
  let w: World;
  beforeAll(async () => {
    w = await makeWorld();
  });
  const sample = (values: fc.Arbitrary<unknown>, numRuns: number) => fc.sample(values, { numRuns, seed: 42 });
  const ids = () => [w.disputed, w.fresh, w.caseId, w.batch, w.b.person.id, w.c.person.id];
  const queryOf = (value: unknown) =>
    `?${new URLSearchParams(Object.entries(value ?? {}).map(([name, one]) => [name, String(one)]))}`;
  const rowOf = (operation: Operation): Row => {
    const { body: _, ...row } = rows.find(({ key }) => key.split(" · ")[0] === keyOf(operation))?.row ?? {
      statuses: ANYONE,
    };
    return row;
  };
  const named = operations.map((operation) => ({ name: keyOf(operation), operation }));

  it.each(named)("$name refuses what it does not name", async ({ name, operation: { method, description } }) => {
    const { query: _, ...row } = rowOf({ path: name.split(" ")[1] ?? "", method, description });
    const asked = (part: Partial<Row>) => ask(name, { ...row, ...part }, w, "admin");
    expect((await asked({ query: "?nonsense=1" })).status).toBe(400);
    if (method === "GET" || description.raw) return;
    const query = rowOf({ path: name.split(" ")[1] ?? "", method, description }).query ?? "";
    expect((await asked({ query, body: () => ({ nonsense: 1 }) })).status).toBe(422);
    expect((await asked({ query, body: () => "{" })).status).toBe(400);
    expect((await asked({ query, body: () => "x=1", headers: { "content-type": "text/plain" } })).status).toBe(415);
  });

  const asking = named.flatMap(({ name, operation }) => {
    const { query } = operation.description;
    return query && operation.method === "GET" ? [{ name, operation, query }] : [];
  });
  it.each(asking)("$name?…", async ({ name, operation, query }) => {
    for (const value of sample(valuesOf(query, ids()), 3)) {
      const { status, body } = await ask(name, { ...rowOf(operation), query: queryOf(value) }, w, "admin");
      if (status === 400) expect(body, queryOf(value)).not.toMatch(SAID_BY_SCHEMA);
    }
  });

  it.each(named.filter(({ operation }) => operation.description.body))("$name {…}", async ({ name, operation }) => {
    const { body: schema } = operation.description;
    if (!schema) return;
    for (const [n, value] of sample(valuesOf(schema, ids()), 4).entries()) {
      const sent = JSON.stringify(value);
      const { status, body } = await ask(name, { ...rowOf(operation), body: () => value }, w, "admin");
      if (status === 422) expect(body, sent).not.toMatch(SAID_BY_SCHEMA);
      const fields = Object.entries(value ?? {});
      // One field a request, another each time.
      for (const [key, one] of fields.slice(n % Math.max(1, fields.length)).slice(0, 1)) {
        const wrong = { ...Object(value), [key]: typeof one === "object" ? 3 : { [key]: one } };
        if (fits(operation.description, wrong)) continue;
        const refused = await ask(name, { ...rowOf(operation), body: () => wrong }, w, "admin");
        expect(refused.status, JSON.stringify(wrong)).toBe(422);
      }
    }
  });
});
