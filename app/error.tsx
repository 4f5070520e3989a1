"use client";

import { Button } from "@/components/ui/button";

/** What a page could not show. What was saved stays saved; the reason is in the server's log, not here. */
export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main className="mx-auto grid min-h-[60dvh] max-w-md content-center gap-3 px-5">
      <h1 className="font-serif text-[26px] leading-8 font-medium">This page could not be shown</h1>
      <p className="text-ink-2">
        Something failed on our side, or the database is away. Nothing that was saved is lost.
      </p>
      {error.digest && <p className="text-xs text-ink-2">Reference {error.digest}</p>}
      <div>
        <Button look="primary" onClick={reset}>
          Try again
        </Button>
      </div>
    </main>
  );
}
