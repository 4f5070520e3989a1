import Link from "next/link";
import { ProgressBar } from "../projects/project-list";
import { Badge } from "../ui/page";
import { Table, Td, Th } from "../ui/table";
import { Ago } from "../ui/time";
import { type BatchRow, PURPOSES, reviewersInWords } from "./model";

/** The project's batches, with how far each is. */
export function BatchTable({ projectId, batches }: { projectId: string; batches: readonly BatchRow[] }) {
  return (
    <Table caption="Batches">
      <thead>
        <tr>
          <Th>Batch</Th>
          <Th>Reviewers</Th>
          <Th className="text-right">Priority</Th>
          <Th>Deadline</Th>
          <Th>Articles</Th>
          <Th>Reviews</Th>
        </tr>
      </thead>
      <tbody>
        {batches.map((batch) => (
          <tr key={batch.id} className="hover:bg-hover">
            <Td className="min-w-48">
              <Link
                href={`/projects/${projectId}/batches/${batch.id}`}
                className="font-serif text-[16px] leading-6 hover:underline"
              >
                {batch.name}
              </Link>{" "}
              {batch.purpose !== "ordinary" && (
                <Badge>{PURPOSES.find((one) => one.value === batch.purpose)?.name}</Badge>
              )}
            </Td>
            <Td className="text-ink-2">{reviewersInWords(batch)}</Td>
            <Td className="text-right text-ink-2">{batch.priority}</Td>
            <Td className="text-ink-2">{batch.deadline && <Ago at={batch.deadline} />}</Td>
            <Td className="min-w-40">
              <ProgressBar parts={[batch.settled, batch.adjudication, batch.open]} />
              <p className="mt-1 whitespace-nowrap text-ink-2">
                {batch.articles === 0 ? "none yet" : `${batch.settled} of ${batch.articles} settled`}
              </p>
            </Td>
            <Td className="whitespace-nowrap text-ink-2">
              {batch.reviews.submitted} of {batch.reviews.wanted}
              {batch.reviews.underWay > 0 && `, ${batch.reviews.underWay} under way`}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
