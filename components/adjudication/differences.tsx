"use client";

import { cls } from "../ui/class";
import { Kbd } from "../ui/page";
import { Pick } from "./controls";
import type { Draft } from "./draft";
import { lanesIn } from "./lanes";
import { type CaseView, type Desk, laneName } from "./model";
import { type AttributeRow, type LinkRow, type Row, rowsOf } from "./settling";
import { shorten } from "./words";

type Props = {
  readonly desk: Desk;
  readonly one: CaseView;
  readonly draft: Draft | null;
  /** The row that digits answer; null: none. */
  readonly row: number | null;
  readonly onSettle: (row: Row, digit: number) => void;
};

/** Where the lanes differ beyond the range, side by side; in a ruling each is settled by itself, by a press or a digit. */
export function Differences({ desk, one, draft, row: at, onSettle }: Props) {
  const { rows, agreed, label } = rowsOf(desk, one, draft);
  if (rows.length + agreed.length === 0) return null;
  const labelName = desk.scheme.labels.find((each) => each.key === label)?.name ?? label;
  const open = draft !== null && draft.spans.length > 0;
  const attributes = rows.filter((row): row is AttributeRow => row.kind === "attribute");
  const links = rows.filter((row): row is LinkRow => row.kind === "link");
  const lanes = lanesIn(one).filter((lane) => one.members.some((m) => m.lane === lane && m.label === label));
  return (
    <section aria-label="Differences" className="grid gap-2 border-t border-rule pt-3">
      {rows.length > 0 && (
        <p className="flex justify-between gap-2 text-ink-2">
          <span>{at === null ? "Settled one by one" : "A digit answers the marked line"}</span>
          <span className="whitespace-nowrap">
            <Kbd>A</Kbd> {at === null ? "begins" : "goes on"}
          </span>
        </p>
      )}
      {lanes.length > SIDE_BY_SIDE &&
        attributes.map((row) => (
          <ValueLine
            key={row.id}
            row={row}
            all={lanesIn(one)}
            name={(lane) => desk.names?.[lane] ?? lane}
            active={at !== null && rows[at]?.id === row.id}
            open={open}
            onSettle={(digit) => onSettle(row, digit)}
          />
        ))}
      {attributes.length > 0 && lanes.length <= SIDE_BY_SIDE && (
        <div className="overflow-x-auto">
          <table className="w-full text-left">
            <caption className="sr-only">Attributes of {labelName} that differ</caption>
            <thead>
              <tr className="text-ink-2">
                <td />
                {lanes.map((lane) => (
                  <th key={lane} scope="col" className="pr-2 font-normal">
                    {desk.names?.[lane] ?? lane}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {attributes.map((row) => (
                <AttributeLine
                  key={row.id}
                  row={row}
                  lanes={lanes}
                  all={lanesIn(one)}
                  active={at !== null && rows[at]?.id === row.id}
                  open={open}
                  onSettle={(digit) => onSettle(row, digit)}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {links.map((row) => (
        <LinkLine
          key={row.id}
          row={row}
          active={at !== null && rows[at]?.id === row.id}
          open={open}
          who={row.candidate.votes.map((lane) => laneName(desk, lane))}
          onSettle={(digit) => onSettle(row, digit)}
        />
      ))}
      {agreed.length > 0 && (
        <details className="text-ink-2">
          <summary className="min-h-6 cursor-default">
            {new Intl.ListFormat("en").format(agreed.map((row) => row.name))} {agreed.length === 1 ? "agrees" : "agree"}
          </summary>
          <dl className="mt-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4">
            {agreed.map((row) => (
              <div key={row.id} className="contents">
                <dt>{row.name}</dt>
                <dd className="text-ink">{row.cells[0]?.words}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </section>
  );
}

const MARKED = "bg-hover shadow-[inset_2px_0_0_var(--ink)]";

/** More lanes than that do not stand side by side: then each value is told once, with who said it. */
const SIDE_BY_SIDE = 3;

function ValueLine({
  row,
  all,
  name,
  active,
  open,
  onSettle,
}: {
  row: AttributeRow;
  all: readonly string[];
  name: (lane: string) => string;
  active: boolean;
  open: boolean;
  onSettle: (digit: number) => void;
}) {
  const values = new Map<string, AttributeRow["cells"][number][]>();
  for (const cell of row.cells) values.set(cell.value, [...(values.get(cell.value) ?? []), cell]);
  return (
    <fieldset className={cls("flex flex-wrap items-center gap-x-2 gap-y-1 py-1 pl-2", active && MARKED)}>
      <legend className="sr-only">{row.name}</legend>
      <span aria-hidden className="w-20 text-ink-2">
        {row.name}
      </span>
      {[...values].map(([value, cells]) => {
        const digit = all.indexOf(cells[0]?.lane ?? "") + 1;
        const words = (
          <>
            <span className={cls(value === "" ? "text-ink-2 italic" : !open && "font-medium")}>{cells[0]?.words}</span>{" "}
            <span className="font-normal text-ink-2">{cells.map((cell) => name(cell.lane)).join(" ")}</span>
          </>
        );
        return open ? (
          <Pick key={value} pressed={row.chosen === value} onClick={() => onSettle(digit)}>
            {active && <span className="text-ink-2">{digit}</span>}
            {words}
          </Pick>
        ) : (
          <span key={value}>{words}</span>
        );
      })}
    </fieldset>
  );
}

function AttributeLine({
  row,
  lanes,
  all,
  active,
  open,
  onSettle,
}: {
  row: AttributeRow;
  lanes: readonly string[];
  all: readonly string[];
  active: boolean;
  open: boolean;
  onSettle: (digit: number) => void;
}) {
  return (
    <tr className={cls(active && MARKED)}>
      <th scope="row" className="py-1 pr-3 pl-2 align-top font-normal text-ink-2">
        {row.name}
      </th>
      {lanes.map((lane) => {
        const cell = row.cells.find((each) => each.lane === lane);
        const digit = all.indexOf(lane) + 1;
        return (
          <td key={lane} className="py-0.5 pr-2 align-top">
            {cell && open ? (
              <Pick pressed={row.chosen === cell.value} onClick={() => onSettle(digit)}>
                {active && <span className="text-ink-2">{digit}</span>}
                <span className={cls(cell.value === "" && "text-ink-2 italic")}>{cell.words}</span>
              </Pick>
            ) : (
              <span className={cls("inline-block py-0.5", cell?.value ? "font-medium" : "text-ink-2 italic")}>
                {cell?.words}
              </span>
            )}
          </td>
        );
      })}
    </tr>
  );
}

function LinkLine({
  row: { name, candidate, kept },
  active,
  open,
  who,
  onSettle,
}: {
  row: LinkRow;
  active: boolean;
  open: boolean;
  who: readonly string[];
  onSettle: (digit: number) => void;
}) {
  return (
    <div className={cls("flex flex-wrap items-baseline gap-x-3 gap-y-1 py-1 pl-2", active && MARKED)}>
      <p className="min-w-48 flex-1">
        <span className="text-ink-2">{name.toLowerCase()}</span>{" "}
        <span className="font-serif text-[15px]">“{shorten(candidate.words)}”</span>{" "}
        <span className="text-ink-2">drawn by {new Intl.ListFormat("en").format(who)}</span>
      </p>
      {open && (
        <fieldset className="flex gap-1">
          <legend className="sr-only">
            {name} “{shorten(candidate.words)}”
          </legend>
          <Pick pressed={kept === true} onClick={() => onSettle(1)}>
            {active && <span className="text-ink-2">1</span>} keep
          </Pick>
          <Pick pressed={kept === false} onClick={() => onSettle(2)}>
            {active && <span className="text-ink-2">2</span>} leave out
          </Pick>
        </fieldset>
      )}
    </div>
  );
}
