import type { ReactNode } from "react";

/** The pages in front of the door: one quiet column. */
export default function DoorLayout({ children }: { children: ReactNode }) {
  return (
    <div className="grid min-h-dvh grid-rows-[1fr_auto]">
      <main className="mx-auto flex w-full max-w-sm flex-col justify-center gap-6 px-5 py-12">
        <p className="font-serif text-[34px] leading-10 font-medium tracking-[-0.02em]">Gloss</p>
        {children}
      </main>
      <footer className="px-5 py-6 text-center text-xs text-ink-2">A fact-check annotation workbench</footer>
    </div>
  );
}
