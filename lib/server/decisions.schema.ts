/** What the doors take for decisions: lib/cases says what a ruling is, this adds what only a server needs to know. */
import { z } from "zod";
import { creationSchema, decisionSchema } from "../cases/schema";
import { storable, uuid } from "../spans/schema";

/** Whether the adjudicator had the reviewers' names before them; the decision keeps it. */
const revealed = z.boolean().optional();

export const caseDecisionSchema = decisionSchema.extend({ revealed });

/** `create`, or taking back what was created. */
export const articleDecisionSchema = z.discriminatedUnion("action", [
  creationSchema.extend({ revealed }),
  z.strictObject({
    id: uuid,
    action: z.literal("reopen"),
    supersedes: uuid,
    note: storable(10_000).optional(),
    revealed,
  }),
]);

export const unanimousSchema = z.strictObject({ dryRun: z.boolean().default(false) });

export type CaseDecisionInput = z.infer<typeof caseDecisionSchema>;
export type ArticleDecisionInput = z.infer<typeof articleDecisionSchema>;
