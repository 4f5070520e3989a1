import { Table, Td, Th } from "../ui/table";
import { Ago } from "../ui/time";

export type AuditRow = {
  readonly id: string;
  readonly at: string;
  readonly type: string;
  readonly actor: { readonly name: string } | null;
  readonly data: Readonly<Record<string, unknown>>;
};

/** "articleId": "article id". */
const words = (key: string): string => key.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function said(value: unknown): string {
  if (Array.isArray(value)) return value.map(said).join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Who did what when, newest first. Texts and notes are not in it. */
export function AuditTable({ rows }: { rows: readonly AuditRow[] }) {
  return (
    <Table caption="Audit">
      <thead>
        <tr>
          <Th>When</Th>
          <Th>Who</Th>
          <Th>What</Th>
          <Th>With</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <Td className="text-ink-2">
              <Ago at={row.at} />
            </Td>
            <Td>{row.actor?.name ?? "the machine’s owner"}</Td>
            <Td className="font-medium whitespace-nowrap">{row.type.replaceAll(/[.-]/g, " ")}</Td>
            <Td className="max-w-[60ch] min-w-64 text-xs [overflow-wrap:anywhere] text-ink-2">
              {Object.entries(row.data)
                .filter(([, value]) => value !== null && value !== "")
                .map(([key, value]) => `${words(key)} ${said(value)}`)
                .join(" · ")}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
