/** What the doors take and give about the meeting over a calibration round. */
import { z } from "zod";
import { uuid } from "../spans/schema";

const at = z.iso.datetime();

export const figures = z.object({
  alpha: z.number().nullable().meta({ description: "pooled layered u-alpha" }),
  low: z.number().nullable(),
  high: z.number().nullable(),
  articles: z.int(),
  at,
});

export const changeMeetingBody = z.strictObject({
  caseId: uuid.optional().meta({ description: "puts this case on the table, its votes hidden" }),
  revealed: z
    .literal(true)
    .optional()
    .meta({ description: "shows the votes of the case on the table to everyone at once" }),
  ended: z.boolean().optional(),
});

const round = z.object({ id: z.uuid(), name: z.string(), figures: figures.nullable() });

export const meetingView = z.object({
  batchId: z.uuid(),
  name: z.string(),
  state: z.enum(["waiting", "ready", "running", "ended"]).meta({
    description: "waiting: not every article has all its reviews; ready: the meeting can begin",
  }),
  mayModerate: z.boolean(),
  moderator: z.string().nullable(),
  people: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      submitted: z.int().nullable().meta({ description: "of others for whoever moderates" }),
    }),
  ),
  articles: z.object({ all: z.int(), ready: z.int() }),
  cases: z.object({ all: z.int(), decided: z.int(), place: z.int().nullable() }),
  list: z
    .array(z.object({ id: z.uuid(), title: z.string(), quote: z.string(), words: z.string(), decided: z.boolean() }))
    .nullable()
    .meta({ description: "for whoever moderates" }),
  figures: figures.nullable().meta({ description: "agreement when the meeting began" }),
  before: round.nullable().meta({ description: "the round that this one follows" }),
  after: round.nullable().meta({ description: "the round that follows this one" }),
  table: z
    .object({
      caseId: z.uuid(),
      articleId: z.uuid(),
      title: z.string(),
      quote: z.string(),
      context: z.string(),
      contextStart: z.int(),
      start: z.int(),
      end: z.int(),
      revealed: z.boolean(),
      votes: z
        .array(
          z.object({
            name: z.string(),
            marks: z.array(z.object({ id: z.uuid(), label: z.string(), quote: z.string() })),
          }),
        )
        .nullable()
        .meta({ description: "null until they are shown" }),
      decision: z
        .object({
          id: z.uuid(),
          by: z.string().nullable(),
          rule: z.string().nullable(),
          note: z.string(),
          marks: z.array(z.object({ label: z.string(), quote: z.string() })),
        })
        .nullable(),
      mayDecide: z.boolean(),
      suggested: z.boolean().meta({ description: "the votes come to a suggestion that can be accepted" }),
    })
    .nullable()
    .meta({ description: "null: nothing is on the table, or one reviews the article of it" }),
});
