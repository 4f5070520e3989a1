import Link from "next/link";
import { Badge } from "../ui/page";
import { Table, Td, Th } from "../ui/table";
import { Ago } from "../ui/time";

export type CarriedCounts = {
  readonly exact: number;
  readonly drifted: number;
  readonly open: number;
  readonly placed: number;
  readonly dropped: number;
};

export type VersionRow = {
  readonly id: string;
  readonly textVersion: number;
  readonly superseded: boolean;
  readonly title: string;
  readonly url: string | null;
  readonly length: number;
  readonly createdAt: string;
  readonly createdBy: string | null;
  readonly carried: CarriedCounts | null;
};

/** The texts that an article had, the newest first. */
export function VersionList({
  projectId,
  articleId,
  versions,
}: {
  projectId: string;
  /** The one that is looked at. */
  articleId: string;
  versions: readonly VersionRow[];
}) {
  const at = (id: string) => `/projects/${projectId}/articles/${id}`;
  return (
    <Table caption="Versions of this article">
      <thead>
        <tr>
          <Th>Version</Th>
          <Th>Brought in</Th>
          <Th>Address</Th>
          <Th className="text-right">Characters</Th>
          <Th>Marks carried over</Th>
          <Th>
            <span className="sr-only">Compare</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {versions.map((version, i) => (
          <tr key={version.id}>
            <Td className="whitespace-nowrap">
              {version.id === articleId ? (
                <b className="font-medium">Version {version.textVersion}, this one</b>
              ) : (
                <Link className="link" href={at(version.id)}>
                  Version {version.textVersion}
                </Link>
              )}{" "}
              {version.superseded ? <Badge>former version</Badge> : <Badge strong>counts</Badge>}
            </Td>
            <Td className="text-ink-2">
              <Ago at={version.createdAt} />
              {version.createdBy && `, by ${version.createdBy}`}
            </Td>
            <Td className="max-w-72 text-ink-2 [overflow-wrap:anywhere]">{version.url ?? "no address"}</Td>
            <Td className="text-right text-ink-2">{version.length.toLocaleString("en")}</Td>
            <Td className="text-ink-2">{version.carried ? carriedWords(version.carried) : ""}</Td>
            <Td className="text-right whitespace-nowrap">
              {i < versions.length - 1 && (
                <Link className="link" href={`${at(version.id)}/diff`}>
                  What changed<span className="sr-only"> in version {version.textVersion}</span>
                </Link>
              )}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** "12 on the same words, 2 on changed words, 1 without a place" */
export function carriedWords({ exact, drifted, open, placed, dropped }: CarriedCounts): string {
  const parts: readonly (readonly [number, string])[] = [
    [exact, "on the same words"],
    [drifted, "on changed words"],
    [open, "without a place"],
    [placed, "placed by hand"],
    [dropped, "dropped"],
  ];
  const said = parts.filter(([many]) => many > 0).map(([many, words]) => `${many} ${words}`);
  return said.length > 0 ? said.join(", ") : "no marks";
}
