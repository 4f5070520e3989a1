import { json } from "@/lib/server/http";

export const dynamic = "force-dynamic";

/** The process answers. It says nothing of the database: restarting Gloss does not bring that back. */
export const GET = () => json({ status: "live" });
