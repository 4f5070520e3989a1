import { Table, Td, Th } from "../ui/table";
import { sizeInWords } from "./words";

export type FileRow = {
  readonly name: string;
  readonly about: string;
  readonly size: number;
  readonly sha256: string;
};

/** Plain links, so that the browser streams to disk whatever the size, and goes on where a download broke off. */
export function ReleaseFiles({ place, files }: { place: string; files: readonly FileRow[] }) {
  return (
    <Table caption="Files of this release">
      <thead>
        <tr>
          <Th>File</Th>
          <Th>What it is</Th>
          <Th className="text-right">Size</Th>
          <Th>SHA-256</Th>
        </tr>
      </thead>
      <tbody>
        {files.map(({ name, about, size, sha256 }) => (
          <tr key={name}>
            <Td className="font-medium whitespace-nowrap">
              <a className="link" href={`/api/v1${place}/files/${encodeURIComponent(name)}`} download>
                {name}
              </a>
            </Td>
            <Td className="min-w-48 text-ink-2">{about}</Td>
            <Td className="text-right whitespace-nowrap tabular-nums">{sizeInWords(size)}</Td>
            <Td>
              <code className="block max-w-[46ch] min-w-[32ch] text-xs break-all">{sha256}</code>
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
