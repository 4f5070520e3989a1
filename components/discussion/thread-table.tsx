import Link from "next/link";
import { Badge } from "../ui/page";
import { Table, Td, Th } from "../ui/table";
import { Ago } from "../ui/time";

export type ThreadRow = {
  readonly id: string;
  readonly title: string;
  readonly quote: string;
  readonly posts: number;
  readonly by: string | null;
  readonly lastAt: string;
  readonly resolvedAt: string | null;
};

export function ThreadTable({ rows }: { rows: readonly ThreadRow[] }) {
  return (
    <Table caption="Threads">
      <thead>
        <tr>
          <Th>About</Th>
          <Th>Article</Th>
          <Th>Begun by</Th>
          <Th className="text-right">Posts</Th>
          <Th>State</Th>
          <Th>Last said</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} className="hover:bg-hover">
            <Td className="min-w-56">
              <Link href={`/threads/${row.id}`} className="font-serif text-[16px] leading-6 hover:underline">
                {row.quote}
              </Link>
            </Td>
            <Td className="min-w-40 text-ink-2">{row.title}</Td>
            <Td className="text-ink-2">{row.by}</Td>
            <Td className="text-right text-ink-2">{row.posts}</Td>
            <Td>
              <Badge strong={row.resolvedAt === null}>{row.resolvedAt === null ? "open" : "resolved"}</Badge>
            </Td>
            <Td className="text-ink-2">
              <Ago at={row.lastAt} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
