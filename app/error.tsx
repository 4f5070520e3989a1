"use client";

import { useEffect } from "react";
import { askBuild, useNewBuild } from "@/components/build";
import { Button } from "@/components/ui/button";

/**
 * What a page could not show. What was saved stays saved; the reason is in the server's log, not here. A page from before an upgrade may ask
 * for parts of itself, or for forms, that are gone: then loading it anew is the answer.
 */
export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const newer = useNewBuild();
  useEffect(() => void askBuild(), []);
  return (
    <main className="mx-auto grid min-h-[60dvh] max-w-md content-center gap-3 px-5">
      <h1 className="font-serif text-[26px] leading-8 font-medium">
        {newer ? "There is a new version of Gloss" : "This page could not be shown"}
      </h1>
      <p className="text-ink-2">
        {newer
          ? "This page is from before it, and could not go on. What you marked is kept, also what was not yet sent; load the page anew and try again."
          : "Something failed on our side, or the database is away. Nothing that was saved is lost."}
      </p>
      {!newer && error.digest && <p className="text-xs text-ink-2">Reference {error.digest}</p>}
      <div>
        <Button look="primary" onClick={newer ? () => window.location.reload() : reset}>
          {newer ? "Reload" : "Try again"}
        </Button>
      </div>
    </main>
  );
}
