import Link from "next/link";
import type { AgreementReport } from "@/lib/agreement/report";
import type { Scheme } from "@/lib/scheme/scheme";
import { Table, Td, Th } from "../ui/table";
import { Figure } from "./figure";

/** Alpha of each attribute, with the values that were taken from an offer or without them: two who took the same offer agree cheaply. */
export function AttributeAgreements({
  report,
  scheme,
  accepted,
  here,
}: {
  report: AgreementReport;
  scheme: Scheme;
  /** Whether taken values count in these figures. */
  accepted: boolean;
  /** This page's path. */
  here: string;
}) {
  const rows = Object.entries(report.attributes).flatMap(([label, attributes]) => {
    const known = scheme.labels.find((l) => l.key === label);
    return Object.entries(attributes).map(([key, value]) => ({
      id: `${label} ${key}`,
      label: known?.name ?? label,
      name: known?.attributes.find((a) => a.key === key)?.name ?? key,
      ...value,
    }));
  });
  if (rows.length === 0 && accepted) return null;
  return (
    <section id="attributes" className="border-t border-rule py-6" aria-labelledby="attributes-title">
      <h2 id="attributes-title" className="font-medium">
        Attributes
      </h2>
      <p className="mb-3 text-ink-2">
        Krippendorff’s alpha over cases in which two or more marked the label.{" "}
        {accepted
          ? "Every value counts, also those taken from an offer. "
          : "Values taken from an offer are left out. "}
        <Link
          className="link"
          scroll={false}
          href={accepted ? `${here}?accepted=false#attributes` : `${here}#attributes`}
        >
          {accepted ? "Count only what was given by hand" : "Count every value"}
        </Link>
      </p>
      {rows.length === 0 ? (
        <p>No attribute was given by hand by two reviewers of one place.</p>
      ) : (
        <div className="max-w-3xl">
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
                  <Td className="text-right">{row.pairs.toLocaleString("en")}</Td>
                  <Td className="text-right font-medium">
                    <Figure of={row.alpha} />
                  </Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      )}
    </section>
  );
}
