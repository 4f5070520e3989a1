import type { ReactNode } from "react";
import { cls } from "./class";

/** The head of an ordinary page: what this is, and what can be done. */
export function PageHead({ title, children, note }: { title: string; note?: ReactNode; children?: ReactNode }) {
  return (
    <header className="flex flex-wrap items-end gap-x-6 gap-y-3 border-b border-rule pb-4">
      <div className="min-w-0 flex-1 basis-72">
        <h1 className="font-serif text-[26px] leading-8 font-medium tracking-[-0.01em] text-balance">{title}</h1>
        {note && <p className="mt-1 max-w-[70ch] text-ink-2">{note}</p>}
      </div>
      {children && <div className="flex flex-wrap items-center gap-2">{children}</div>}
    </header>
  );
}

export function Page({ children, narrow }: { children: ReactNode; narrow?: boolean }) {
  return (
    <main className={cls("mx-auto w-full px-4 py-6 sm:px-8", narrow ? "max-w-3xl" : "max-w-[1320px]")}>{children}</main>
  );
}

export function Section({
  title,
  note,
  children,
  actions,
}: {
  title: string;
  note?: ReactNode;
  children: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <section className="border-b border-rule py-6 last:border-b-0">
      <div className="mb-3 flex flex-wrap items-baseline gap-3">
        <h2 className="text-base font-medium">{title}</h2>
        {note && <p className="text-ink-2">{note}</p>}
        {actions && <div className="ml-auto flex gap-2">{actions}</div>}
      </div>
      {children}
    </section>
  );
}

/** An empty list teaches: why it is empty, and what to do next. */
export function Empty({ title, children, actions }: { title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div className="mx-auto grid max-w-md justify-items-center gap-2 py-16 text-center">
      <p className="font-serif text-[20px] leading-7">{title}</p>
      {children && <div className="text-ink-2">{children}</div>}
      {actions && <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}

/** What happened, what was kept, what to do. */
export function Notice({ tone = "note", children }: { tone?: "note" | "fault"; children: ReactNode }) {
  return (
    <div
      role={tone === "fault" ? "alert" : "status"}
      className={cls(
        "rounded-md border px-3 py-2",
        tone === "fault" ? "border-ink bg-surface font-medium" : "border-rule bg-surface text-ink-2",
      )}
    >
      {children}
    </div>
  );
}

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-flex h-[18px] min-w-[18px] items-center justify-center rounded border border-current px-1 font-sans text-[12px] leading-4 font-medium opacity-75">
      {children}
    </kbd>
  );
}

/** A state in words; never by colour alone. */
export function Badge({ children, strong }: { children: ReactNode; strong?: boolean }) {
  return (
    <span
      className={cls(
        "inline-flex h-5 items-center rounded-full border px-2 text-xs whitespace-nowrap",
        strong ? "border-ink font-medium" : "border-rule text-ink-2",
      )}
    >
      {children}
    </span>
  );
}
