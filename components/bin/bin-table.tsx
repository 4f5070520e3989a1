import { Table, Td, Th } from "../ui/table";
import { Ago } from "../ui/time";
import { RestoreButton } from "./restore-button";

export type BinRow = {
  readonly id: string;
  readonly name: string;
  /** What else there is to say of it. */
  readonly about: string;
  readonly deletedAt: string;
};

const DAYS = 30;
const DAY = 24 * 60 * 60_000; // ms

const daysLeft = (deletedAt: string, now: number) =>
  Math.max(0, Math.ceil((Date.parse(deletedAt) + DAYS * DAY - now) / DAY));

/** What lies in the bin, and for how long yet. `path`: where the API has such things. */
export function BinTable({
  caption,
  path,
  rows,
  now,
}: {
  caption: string;
  path: string;
  rows: readonly BinRow[];
  /** Milliseconds, of the request. */
  now: number;
}) {
  return (
    <Table caption={caption}>
      <thead>
        <tr>
          <Th>What</Th>
          <Th>Deleted</Th>
          <Th>Gone for good</Th>
          <Th>
            <span className="sr-only">Acts</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, name, about, deletedAt }) => {
          const left = daysLeft(deletedAt, now);
          return (
            <tr key={id}>
              <Td className="min-w-56">
                <span className="font-serif text-[16px] leading-6 break-words">{name}</span>
                <div className="text-ink-2">{about}</div>
              </Td>
              <Td className="whitespace-nowrap text-ink-2">
                <Ago at={deletedAt} />
              </Td>
              <Td className="whitespace-nowrap text-ink-2">
                {left === 0 ? "today" : left === 1 ? "in a day" : `in ${left} days`}
              </Td>
              <Td className="text-right">
                <RestoreButton path={`${path}/${id}`} name={name} />
              </Td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}
