import { describe, expect, it } from "vitest";
import { outline } from "./outline";

describe("outline", () => {
  it.each([
    [{ type: "string" }, "string"],
    [{ type: "string", format: "uuid" }, "uuid"],
    [{ type: "string", minLength: 1, maxLength: 2000 }, "string (1 to 2,000 characters)"],
    [{ type: "integer", minimum: 0 }, "integer"],
    [{ type: ["string", "null"] }, "string | null"],
    [{ enum: ["a", "b"] }, '"a" | "b"'],
    [{ const: 1 }, "1"],
    [{ type: "array", items: { enum: ["a", "b"] } }, '("a" | "b")[]'],
    [{ type: "array", items: { type: "boolean" } }, "boolean[]"],
    [{ type: "array", prefixItems: [{ type: "string" }, { type: "number" }] }, "[string, number]"],
    [{ anyOf: [{ type: "string" }, { type: "null" }] }, "string | null"],
    [{ $ref: "#/components/schemas/Problem" }, "Problem"],
    [{ type: "object", additionalProperties: { type: "string" } }, "{ [name]: string }"],
    [{}, "anything"],
    [
      {
        type: "object",
        properties: {
          id: { type: "string", format: "uuid" },
          in: { type: "object", properties: { n: { type: "integer", description: "how many" } } },
        },
        required: ["id"],
      },
      "{\n  id: uuid\n  in?: {\n    n?: integer   // how many\n  }\n}",
    ],
  ])("%j", (schema, text) => {
    expect(outline(schema)).toBe(text);
  });
});
