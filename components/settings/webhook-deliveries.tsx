"use client";

import { useCallback, useEffect, useState } from "react";
import { api, type Problem } from "../api";
import { Button } from "../ui/button";
import { Notice } from "../ui/page";
import { Table, Td, Th } from "../ui/table";
import { Ago } from "../ui/time";
import { type Delivery, eventInWords, outcomeInWords } from "./webhook-words";

const STEP = 20;
const AGAIN = 2_000; // ms between two looks while something is under way

type Page = { readonly items: readonly Delivery[]; readonly nextCursor: string | null };

/** What a webhook was told in the last month, newest first; looked at again while something is about to be sent. */
export function WebhookDeliveries({ path, url, mayReplay }: { path: string; url: string; mayReplay: boolean }) {
  const [page, setPage] = useState<Page | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [refused, setRefused] = useState<Problem | null>(null);
  const [pages, setPages] = useState(1);
  const read = useCallback(async () => {
    let items: readonly Delivery[] = [];
    let nextCursor: string | null = null;
    for (let n = 0; n === 0 || (n < pages && nextCursor); n++) {
      const after: string = nextCursor ? `&cursor=${encodeURIComponent(nextCursor)}` : "";
      const answer = await api<Page>("GET", `${path}/deliveries?limit=${STEP}${after}`);
      setProblem(answer.ok ? null : answer);
      if (!answer.ok) return;
      items = [...items, ...answer.value.items];
      nextCursor = answer.value.nextCursor;
    }
    setPage({ items, nextCursor });
  }, [path, pages]);
  useEffect(() => void read(), [read]);
  const soon = page?.items.some((one) => one.state === "waiting" && one.attempts === 0) ?? false;
  useEffect(() => {
    if (!soon) return;
    const timer = setInterval(() => void read(), AGAIN);
    return () => clearInterval(timer);
  }, [soon, read]);

  if (!page) return problem ? <Notice tone="fault">{problem.detail}</Notice> : <p className="text-ink-2">Looking …</p>;
  if (page.items.length === 0)
    return <p className="text-ink-2">Nothing was told yet. A test shows whether it arrives.</p>;
  return (
    <div className="grid gap-3">
      {(refused ?? problem) && <Notice tone="fault">{(refused ?? problem)?.detail}</Notice>}
      <Table caption={`Deliveries to ${url}`}>
        <thead>
          <tr>
            <Th>What</Th>
            <Th>When</Th>
            <Th>How it went</Th>
            <Th>
              <span className="sr-only">Replay</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {page.items.map((delivery) => (
            <tr key={delivery.id}>
              <Td className="min-w-32">{eventInWords(delivery.event)}</Td>
              <Td className="text-ink-2">
                <Ago at={delivery.createdAt} />
              </Td>
              <Td className="min-w-48">
                {outcomeInWords(delivery)}
                {delivery.dueAt && delivery.attempts > 0 && (
                  <span className="text-ink-2">
                    {" "}
                    Tried again <Ago at={delivery.dueAt} soon="within a minute" />
                  </span>
                )}
              </Td>
              <Td className="text-right">
                <Button
                  look="quiet"
                  disabled={!mayReplay}
                  onClick={async () => {
                    const answer = await api("POST", `${path}/deliveries/${delivery.id}/replay`);
                    setRefused(answer.ok ? null : answer);
                    await read();
                  }}
                >
                  Replay
                </Button>
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      {page.nextCursor && (
        <div>
          <Button look="quiet" onClick={() => setPages(pages + 1)}>
            More
          </Button>
        </div>
      )}
    </div>
  );
}
