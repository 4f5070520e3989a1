import Link from "next/link";

/** One page for every link that does not work: used, expired or mistyped look the same. */
export function DeadLink({ message }: { message: string }) {
  return (
    <>
      <h1 className="font-serif text-[22px] leading-7">This link does not work</h1>
      <p className="text-ink-2">
        {message} Links work once and not for ever. Ask the person who gave it to you for a new one.
      </p>
      <p>
        <Link className="link" href="/sign-in">
          Sign in
        </Link>
      </p>
    </>
  );
}
