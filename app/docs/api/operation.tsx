import { Badge } from "@/components/ui/page";
import { Table, Td, Th } from "@/components/ui/table";
import { outline, type Schema } from "./outline";

type Parameter = {
  readonly name: string;
  readonly in: string;
  readonly what: string;
  readonly words: string;
  readonly required: boolean;
};
type Answer = { readonly status: string; readonly words: string; readonly schema: string | null };

export type OperationView = {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly who: string;
  readonly parameters: readonly Parameter[];
  readonly body: string | null;
  readonly answers: readonly Answer[];
  readonly problems: readonly Answer[];
};

const at = (value: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce(
    (found, key) => (typeof found === "object" && found !== null ? Reflect.get(found, key) : undefined),
    value,
  );
const words = (value: unknown): string => (typeof value === "string" ? value : "");
const entries = (value: unknown): readonly [string, Schema][] =>
  typeof value === "object" && value !== null ? Object.entries(value) : [];

/** The operations of an OpenAPI document's paths, by tag, in the order of the document. */
export function operationsByTag(paths: unknown): readonly (readonly [string, readonly OperationView[]])[] {
  const groups = new Map<string, OperationView[]>();
  for (const [path, methods] of entries(paths))
    for (const [method, operation] of entries(methods)) {
      const tag = words(at(operation, "tags", "0"));
      groups.set(tag, [...(groups.get(tag) ?? []), viewOf(path, method, operation)]);
    }
  return [...groups];
}

function viewOf(path: string, method: string, operation: Schema): OperationView {
  const content = at(operation, "requestBody", "content");
  const json = at(content, "application/json", "schema");
  const answers = entries(operation.responses).map(([status, answer]) => {
    const schema = at(answer, "content", "application/json", "schema");
    return { status, words: words(answer.description), schema: schema === undefined ? null : outline(schema) };
  });
  return {
    id: words(operation.operationId),
    method: method.toUpperCase(),
    path,
    summary: words(operation.summary),
    who: words(operation.description),
    parameters: entries(operation.parameters).map(([, one]) => ({
      name: words(one.name),
      in: words(one.in),
      what: outline(one.schema),
      words: words(one.description) || words(at(one.schema, "description")),
      required: one.required === true,
    })),
    body:
      json !== undefined
        ? outline(json)
        : content === undefined
          ? null
          : "the file itself, or multipart/form-data with the field file",
    answers: answers.filter(({ status }) => status < "300"),
    problems: answers.filter(({ status }) => status >= "300"),
  };
}

export function OperationEntry({ operation }: { operation: OperationView }) {
  const { id, method, path, summary, who, parameters, body, answers, problems } = operation;
  const asked = parameters.filter((one) => one.in !== "path");
  return (
    <article id={id} aria-labelledby={`${id}-name`} className="grid scroll-mt-16 grid-cols-1 gap-2">
      <h3 id={`${id}-name`} className="flex flex-wrap items-baseline gap-2 font-mono text-sm">
        <Badge strong>{method}</Badge>
        <a href={`#${id}`} className="break-all">
          {path}
        </a>
      </h3>
      <p className="max-w-[72ch]">{summary}.</p>
      <p className="text-ink-2">{who}</p>
      {asked.length > 0 && (
        <Table caption={`Parameters of ${method} ${path}`}>
          <thead>
            <tr>
              <Th>Parameter</Th>
              <Th>In</Th>
              <Th>What</Th>
              <Th>Meaning</Th>
            </tr>
          </thead>
          <tbody>
            {asked.map((one) => (
              <tr key={one.name}>
                <Td className="font-mono text-xs">
                  {one.name}
                  {one.required && <span className="text-ink-2"> (required)</span>}
                </Td>
                <Td className="text-ink-2">{one.in}</Td>
                <Td className="max-w-80 font-mono text-xs break-words">{one.what}</Td>
                <Td className="text-ink-2">{one.words}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {body !== null && <Shape name="It takes" text={body} open />}
      {answers.map((answer) =>
        answer.schema === null ? (
          <p key={answer.status}>
            <b className="font-medium">{answer.status}</b> {answer.words}
          </p>
        ) : (
          <Shape key={answer.status} name={`${answer.status} ${answer.words}`} text={answer.schema} />
        ),
      )}
      <p className="text-xs text-ink-2">
        Refused with {problems.map(({ status, words }) => `${status} (${lower(words)})`).join("; ")}.
      </p>
    </article>
  );
}

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

function Shape({ name, text, open = false }: { name: string; text: string; open?: boolean }) {
  if (!text.includes("\n"))
    return (
      <p>
        <b className="font-medium">{name}</b> <code className="text-xs">{text}</code>
      </p>
    );
  return (
    <details open={open}>
      <summary className="cursor-pointer font-medium">{name}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <pre className="mt-1 max-h-96 overflow-auto rounded-md border border-rule bg-surface p-3 text-xs" tabIndex={0}>
        {text}
      </pre>
    </details>
  );
}
