import Link from "next/link";
import { Badge } from "../ui/page";
import { Table, Td, Th } from "../ui/table";
import { Ago } from "../ui/time";

export type RuleRow = {
  readonly anchor: string;
  readonly title: string;
  readonly number: string | null;
  readonly section: string | null;
  readonly decisions: number;
};

/** Each rule with the decisions that cite it. */
export function RuleLaw({ projectId, rules }: { projectId: string; rules: readonly RuleRow[] }) {
  return (
    <Table caption="Decisions by rule">
      <thead>
        <tr>
          <Th>Rule</Th>
          <Th>Of</Th>
          <Th className="text-right">Decisions that cite it</Th>
        </tr>
      </thead>
      <tbody>
        {rules.map((rule) => (
          <tr key={rule.anchor} className="hover:bg-hover">
            <Td>
              <Link
                className="hover:underline"
                href={`/projects/${projectId}/guideline/rules/${encodeURIComponent(rule.anchor)}`}
              >
                {rule.number} {rule.title}
              </Link>
            </Td>
            <Td className="text-ink-2">{rule.section}</Td>
            <Td className="text-right">{rule.decisions}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

export type CitingRow = {
  readonly decisionId: string;
  readonly caseId: string | null;
  readonly articleId: string;
  readonly title: string;
  readonly action: string;
  readonly quote: string;
  readonly labels: readonly string[];
  readonly note: string;
  readonly by: string | null;
  readonly guidelineVersion: number;
  readonly live?: boolean;
  readonly at: string;
};

/** Where a decision is opened. */
export const hrefOf = ({ articleId, caseId }: Pick<CitingRow, "articleId" | "caseId">) =>
  `/settle/${articleId}${caseId ? `?case=${caseId}` : ""}`;

export function CitingTable({ rows }: { rows: readonly CitingRow[] }) {
  return (
    <Table caption="Decisions that cite the rule">
      <thead>
        <tr>
          <Th>Words</Th>
          <Th>Gold</Th>
          <Th>Article</Th>
          <Th>By</Th>
          <Th className="text-right">Guideline</Th>
          <Th>When</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.decisionId} className="hover:bg-hover">
            <Td className="min-w-56">
              <Link href={hrefOf(row)} className="font-serif text-[16px] leading-6 hover:underline">
                {row.quote}
              </Link>
              {row.note && <p className="text-ink-2">{row.note}</p>}
            </Td>
            <Td>
              {row.labels.length > 0 ? row.labels.join(", ") : "nothing here"}{" "}
              {row.live === false && <Badge>superseded</Badge>}
            </Td>
            <Td className="min-w-40 text-ink-2">{row.title}</Td>
            <Td className="text-ink-2">{row.by ?? "the project’s policy"}</Td>
            <Td className="text-right text-ink-2">{row.guidelineVersion}</Td>
            <Td className="text-ink-2">
              <Ago at={row.at} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
