/** What the doors take and give about accounts: strict schemas, shared by the HTTP API, its description and the forms. */
import { z } from "zod";
import { uuid } from "../spans/schema";
import { isWellFormed } from "../text/wellformed";
import { pageQuery } from "./paging";

const CONTROL = /\p{Cc}/u;

/** One line of words for people to read. */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => isWellFormed(text) && !CONTROL.test(text), {
      message: "One line of text without control characters.",
      params: { code: "not-well-formed" },
    });

export const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email({ message: "An e-mail address." }));

export const roles = z
  .array(z.enum(["EDITOR", "ADJUDICATOR", "REVIEWER", "VIEWER"]))
  .max(4)
  .transform((given) => [...new Set(given)]);

/** Checked further by password.ts. */
const password = z.string().max(4000);

export const newAccount = z.strictObject({ name: line(200), email, password });
export const newPassword = z.strictObject({ password });
export const accepted = z.strictObject({ name: line(200), password });

export const changeMeBody = z.strictObject({
  name: line(200).optional(),
  password: password.optional(),
  currentPassword: password.optional(),
  tours: z
    .array(z.enum(["review"]))
    .max(10)
    .optional(),
});

export const createTokenBody = z.strictObject({
  id: uuid.optional(),
  name: line(100),
  readOnly: z.boolean().default(false),
  projectId: uuid.nullable().optional(),
  expiresAt: z.iso.datetime({ offset: true }).nullable().optional(),
});

export const createUserBody = z.strictObject({
  id: uuid.optional(),
  email,
  name: line(200),
  isAdmin: z.boolean().default(false),
});

export const changeUserBody = z.strictObject({
  name: line(200).optional(),
  isAdmin: z.boolean().optional(),
  disabled: z.boolean().optional(),
});

const at = z.iso.datetime();

export const userView = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string().nullable(),
  isAdmin: z.boolean(),
  disabled: z.boolean(),
  /** Has a password; false until the one-time link was used. */
  active: z.boolean(),
  createdAt: at,
});

export const meView = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  isAdmin: z.boolean(),
  via: z.enum(["session", "token", "command"]),
  tours: z.array(z.string()).meta({ description: "tours of the screens that were taken or skipped" }),
  projects: z.array(z.object({ id: z.uuid(), name: z.string(), roles: z.array(z.string()) })),
});

export const sessionView = z.object({
  id: z.uuid(),
  userAgent: z.string(),
  createdAt: at,
  lastSeenAt: at,
  expiresAt: at,
  current: z.boolean(),
});

export const tokenView = z.object({
  id: z.uuid(),
  name: z.string(),
  readOnly: z.boolean(),
  projectId: z.uuid().nullable(),
  createdAt: at,
  lastUsedAt: at.nullable(),
  expiresAt: at.nullable(),
});

export const userQuery = z.strictObject({
  ...pageQuery,
  q: z.string().max(200).optional().meta({ description: "Words in the name or the e-mail" }),
  status: z.enum(["active", "invited", "disabled", "imported"]).optional(),
  sort: z.enum(["name", "-createdAt"]).optional(),
});

export const linkView = z.object({ url: z.url(), expiresAt: at });

/** The last part of an invitation's address. */
export const joinBody = z.strictObject({ secret: z.string().min(1).max(200) });
export const joinedView = z.object({ projectId: z.uuid() });
