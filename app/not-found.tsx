import Link from "next/link";

export default function NotFound() {
  return (
    <main className="mx-auto grid min-h-dvh max-w-md content-center gap-3 px-5">
      <h1 className="font-serif text-[26px] leading-8 font-medium">Nothing here</h1>
      <p className="text-ink-2">There is no such page, or it is not yours to see.</p>
      <p>
        <Link className="link" href="/">
          Projects
        </Link>
      </p>
    </main>
  );
}
