/** What the doors take and give about projects, their schemes, guidelines, members, batches and audit. */
import { z } from "zod";
import { DEFAULT_SCOPE, REGION_ROLES } from "../regions/roles";
import { schemeSchema } from "../scheme/schema";
import { storable, uuid } from "../spans/schema";
import { pageQuery } from "./paging";
import { email, line, roles } from "./people.schema";

const at = z.iso.datetime();
const version = z.int().min(1);
const who = z.object({ id: z.uuid(), name: z.string() });

const scope = z
  .array(z.enum(REGION_ROLES))
  .max(REGION_ROLES.length)
  .transform((given) => REGION_ROLES.filter((role) => given.includes(role)))
  .meta({ description: "Region roles in which the project annotates" });

const policies = {
  description: storable(5_000),
  reviewersPerArticle: z.int().min(1).max(20),
  blind: z.boolean(),
  acceptUnanimous: z.boolean(),
  adjudicateOwn: z.boolean(),
  forbidOutsideScope: z.boolean(),
  showSuggestions: z.boolean().meta({ description: "reviewers see what was imported as suggestions" }),
  thirdReviewer: z.enum(["never", "differ", "low"]).meta({
    description:
      "where the two first reviews of an article differ in whether, what or where something is marked (low: where they agree in less than thirdBelow per cent of the cases), a third reviewer is asked for",
  }),
  thirdBelow: z.int().min(1).max(100),
  idleDays: z
    .int()
    .min(1)
    .max(365)
    .nullable()
    .meta({ description: "days without a change after which an open review is listed to be reclaimed; null: never" }),
  scope,
};

export const createProjectBody = z.strictObject({
  id: uuid.optional(),
  name: line(200),
  description: policies.description.default(""),
  reviewersPerArticle: policies.reviewersPerArticle.default(2),
  blind: policies.blind.default(true),
  acceptUnanimous: policies.acceptUnanimous.default(false),
  adjudicateOwn: policies.adjudicateOwn.default(false),
  forbidOutsideScope: policies.forbidOutsideScope.default(false),
  showSuggestions: policies.showSuggestions.default(false),
  thirdReviewer: policies.thirdReviewer.default("never"),
  thirdBelow: policies.thirdBelow.default(50),
  idleDays: policies.idleDays.default(null),
  scope: policies.scope.default([...DEFAULT_SCOPE]),
});

/** At the door: also `from: "sample"`, which brings its own name, policies, articles and reviews. */
export const newProjectBody = createProjectBody
  .partial({ name: true })
  .extend({ from: z.enum(["default", "sample"]).default("default") })
  .superRefine((given, context) => {
    if (given.from === "default" && given.name === undefined)
      context.addIssue({
        code: "custom",
        path: ["name"],
        message: "A project needs a name.",
        params: { code: "required" },
      });
  });

export const changeProjectBody = z.strictObject({ name: line(200), ...policies }).partial();

export const binnedProjects = z.object({
  items: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      articles: z.number().int(),
      deletedAt: z.iso.datetime(),
      until: z.iso.datetime().meta({ description: "When it is gone for good" }),
    }),
  ),
});

export const projectView = z.object({
  id: z.uuid(),
  name: z.string(),
  ...policies,
  description: z.string(),
  scope: z.array(z.enum(REGION_ROLES)),
  schemeVersion: version,
  guidelineVersion: version,
  createdAt: at,
  /** The caller's own. */
  roles: z.array(z.enum(["EDITOR", "ADJUDICATOR", "REVIEWER", "VIEWER"])),
});

export const projectQuery = z.strictObject({
  ...pageQuery,
  q: z.string().max(200).optional().meta({ description: "Words in the name" }),
  sort: z.enum(["name", "-createdAt"]).optional(),
});

export const versionQuery = z.strictObject({
  version: z.coerce.number().int().min(1).optional().meta({ description: "An older one; the newest when not given" }),
});

export const schemeBody = schemeSchema;
export const schemeView = z.object({
  version,
  labels: z.array(z.unknown()),
  links: z.array(z.unknown()),
  coexist: z.array(z.tuple([z.string(), z.string()])),
});

export const guidelineBody = z.strictObject({ markdown: storable(500_000) });
export const guidelineView = z.object({ version, markdown: z.string() });

export const versionView = z.object({ version, createdAt: at, createdBy: who.nullable() });
export const listQuery = z.strictObject(pageQuery);

const someRoles = roles.refine((given) => given.length > 0, {
  error: "At least one role; whoever is to have none is removed.",
  params: { code: "required" },
});

export const addMemberBody = z
  .strictObject({ userId: uuid.optional(), email: email.optional(), roles: someRoles })
  .refine((given) => (given.userId === undefined) !== (given.email === undefined), {
    error: "Give userId or email, one of them.",
    params: { code: "one-of" },
  });

export const changeMemberBody = z
  .strictObject({
    roles: someRoles.optional(),
    trainee: z.boolean().optional().meta({
      description:
        "reviews given to a trainee do not vote; false passes them, and what they are given from then on votes",
    }),
  })
  .refine((given) => given.roles !== undefined || given.trainee !== undefined, {
    error: "Give roles or trainee.",
    params: { code: "required" },
  });

export const memberView = z.object({
  userId: z.uuid(),
  name: z.string(),
  email: z.string().nullable(),
  /** Known from an import only; cannot sign in. */
  imported: z.boolean(),
  disabled: z.boolean(),
  roles: z.array(z.string()),
  trainee: z.boolean(),
  createdAt: at,
});

export const memberQuery = z.strictObject({
  ...pageQuery,
  q: z.string().max(200).optional().meta({ description: "Words in the name or the e-mail" }),
  role: z.enum(["EDITOR", "ADJUDICATOR", "REVIEWER", "VIEWER"]).optional(),
});

/** A member, or for an unknown e-mail an invitation, whose link is shown once. */
export const addedView = z.object({
  member: memberView.nullable(),
  invitationUrl: z.url().optional(),
  expiresAt: at.optional(),
});

export const invitationView = z.object({
  id: z.uuid(),
  email: z.string(),
  roles: z.array(z.string()),
  createdAt: at,
  expiresAt: at,
});

export const auditQuery = z.strictObject({
  ...pageQuery,
  kind: z
    .string()
    .regex(/^[a-z]+(\.[a-z-]+)?$/)
    .max(60)
    .optional()
    .meta({ description: "What happened: `member.added`, or all of a kind: `member`" }),
  person: uuid.optional().meta({ description: "Id of who did it" }),
  article: uuid.optional(),
  since: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
});

export const auditView = z.object({
  /** The entry's hash in its chain. */
  id: z.string(),
  at,
  type: z.string(),
  /** Null: the command line or the start. */
  actor: who.nullable(),
  reviewId: z.uuid().nullable(),
  data: z.record(z.string(), z.unknown()),
});
