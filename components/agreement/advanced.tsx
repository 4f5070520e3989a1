import Link from "next/link";
import type { AgreementReport } from "@/lib/agreement/report";
import type { Value } from "@/lib/agreement/value";
import { Table, Td, Th } from "../ui/table";
import { Figure } from "./figure";
import type { MeasureKey } from "./measures";
import { count, labelLook, reasonWords } from "./model";
import type { Shown } from "./overview";
import { WhatIs } from "./what-is";

type Row = readonly [name: string, figure: Value, note?: string | undefined];

/** The other measures: each with its definition one press away. */
export function Advanced({
  shown: { report, scheme, people },
  accepted,
  hrefWith,
}: {
  shown: Shown;
  /** Whether values and links that were taken from an offer count. */
  accepted: boolean;
  hrefWith: (accepted: boolean) => string;
}) {
  const label = (key: string) => labelLook(scheme, key).name;
  const { u2016, characters, f1, gamma } = report;
  return (
    <div className="grid gap-x-12 xl:grid-cols-2">
      <Group
        of="u2016"
        title="Unitizing alphas (2016)"
        rows={[
          ["uα, all labels at once", u2016.u],
          ["|uα, marked or not", u2016.binary],
          ["cuα, labels where both marked", u2016.cu],
          ...Object.entries(u2016.ku).map(
            ([key, value]): Row => [
              `(k)uα, ${label(key)}`,
              value,
              value.coverage === null ? undefined : `${Math.round(value.coverage * 100)} % of its text compared`,
            ],
          ),
        ]}
      />
      <Group
        of="characters"
        title="Characters"
        rows={[
          ["Krippendorff’s alpha, nominal", characters.alpha],
          ...Object.entries(characters.labels).map(([key, value]): Row => [`The same, ${label(key)} or not`, value]),
          ["Character F1", f1.characters.micro],
          ["Overlap F1 at IoU of a half or more", f1.iou50.micro],
        ]}
      />
      <Group
        of="gamma"
        title="Gamma"
        rows={[
          [
            "Gamma, two reviewers",
            gamma,
            gamma.samples > 0
              ? `sampler ${gamma.sampler}, seed ${gamma.seed}, ${count(gamma.samples)} samples, precision ${gamma.precision === null ? "not known" : `${(gamma.precision * 100).toFixed(1)} %`}`
              : undefined,
          ],
        ]}
      />
      <Tokens report={report} people={people} label={label} />
      <Links report={report} linkName={(key) => scheme.links.find((l) => l.key === key)?.name ?? key} />
      <section id="attributes" className="border-b border-rule py-5 xl:col-span-2" aria-labelledby="attributes-title">
        <div className="flex items-baseline gap-2">
          <h2 id="attributes-title" className="font-medium">
            Attributes
          </h2>
          <WhatIs of="attributes" />
        </div>
        <p className="mb-3 text-ink-2">
          {accepted
            ? "Every value counts, also those taken from an offer. "
            : "Values taken from an offer are left out: two who took the same offer agree cheaply. "}
          <Link className="link" scroll={false} href={hrefWith(!accepted)}>
            {accepted ? "Count only what was given by hand" : "Count every value"}
          </Link>
        </p>
        <AttributeTable report={report} scheme={scheme} accepted={accepted} />
      </section>
    </div>
  );
}

function Group({ title, of, rows }: { title: string; of: MeasureKey; rows: readonly Row[] }) {
  return (
    <section className="border-b border-rule py-5">
      <div className="mb-1 flex items-baseline gap-2">
        <h2 className="font-medium">{title}</h2>
        <WhatIs of={of} />
      </div>
      <dl>
        {rows.map(([name, value, note]) => (
          <div
            key={name}
            className="flex flex-wrap justify-between gap-x-4 border-b border-rule py-1.5 last:border-b-0"
          >
            <dt>{name}</dt>
            <dd className="font-medium">
              <Figure of={value} />
            </dd>
            {value.value === null ? (
              <dd className="basis-full text-xs text-ink-2">{reasonWords(value.reason)}</dd>
            ) : (
              note && <dd className="basis-full text-xs text-ink-2">{note}</dd>
            )}
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Fleiss' over all reviewers first, then Cohen's of each two. */
function Tokens({ report, people, label }: Pick<Shown, "report" | "people"> & { label: (key: string) => string }) {
  const labels = Object.entries(report.tokens.labels);
  const [first] = labels;
  if (!first) return null;
  return (
    <section className="border-b border-rule py-5 xl:col-span-2">
      <div className="mb-2 flex items-baseline gap-2">
        <h2 className="font-medium">Tokens</h2>
        <WhatIs of="tokens" />
      </div>
      <Table caption="Kappa on tokens">
        <thead>
          <tr>
            <Th>Kappa</Th>
            {labels.map(([key]) => (
              <Th key={key} className="text-right">
                {label(key)}
              </Th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr className="font-medium">
            <Td>Fleiss, all reviewers</Td>
            {labels.map(([key, { fleiss }]) => (
              <Td key={key} className="text-right">
                <Figure of={fleiss} />
              </Td>
            ))}
          </tr>
          {first[1].pairs.map(({ reviewers: [a, b] }, place) => (
            <tr key={`${a} ${b}`}>
              <Td>
                Cohen, {people.name(a)} and {people.name(b)}
              </Td>
              {labels.map(([key, { pairs }]) => (
                <Td key={key} className="text-right">
                  <Figure of={pairs[place]?.cohen} />
                </Td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}

function Links({ report, linkName }: { report: AgreementReport; linkName: (key: string) => string }) {
  const { links, byHand } = report;
  const rows = [
    { name: "All links", all: links.micro, own: byHand.links.micro },
    { name: "Given that both ends are matched", all: links.givenEnds, own: byHand.links.givenEnds },
    ...Object.entries(links.types).map(([key, all]) => ({ name: linkName(key), all, own: byHand.links.types[key] })),
  ];
  return (
    <section className="border-b border-rule py-5 xl:col-span-2">
      <div className="mb-2 flex items-baseline gap-2">
        <h2 className="font-medium">Links</h2>
        <WhatIs of="links" />
      </div>
      <Table caption="Link F1, with what was taken from offers and without">
        <thead>
          <tr>
            <Th>Link</Th>
            <Th className="text-right">F1</Th>
            <Th className="text-right">without accepted offers</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, all, own }) => (
            <tr key={name}>
              <Td>{name}</Td>
              <Td className="text-right font-medium">
                <Figure of={all} />
              </Td>
              <Td className="text-right">
                <Figure of={own} />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}

function AttributeTable({ report, scheme, accepted }: Pick<Shown, "report" | "scheme"> & { accepted: boolean }) {
  const rows = Object.entries(report.attributes).flatMap(([label, attributes]) => {
    const known = scheme.labels.find((l) => l.key === label);
    return Object.entries(attributes).map(([key, value]) => ({
      id: `${label} ${key}`,
      label: known?.name ?? label,
      name: known?.attributes.find((a) => a.key === key)?.name ?? key,
      ...value,
    }));
  });
  if (rows.length === 0)
    return (
      <p>
        {accepted
          ? "No attribute was given by two reviewers of one place."
          : "No attribute was given by hand by two reviewers of one place."}
      </p>
    );
  return (
    <Table caption={accepted ? "Agreement per attribute" : "Agreement per attribute, given by hand"}>
      <thead>
        <tr>
          <Th>Label</Th>
          <Th>Attribute</Th>
          <Th>Level</Th>
          <Th className="text-right">Pairs</Th>
          <Th className="text-right">alpha</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <Td>{row.label}</Td>
            <Td>{row.name}</Td>
            <Td>{row.level}</Td>
            <Td className="text-right">{count(row.pairs)}</Td>
            <Td className="text-right font-medium">
              <Figure of={row.alpha} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
