import { nothingHere } from "@/lib/server/http";

/** Whatever is not a path of the API is told so in the API's own words. */
export const GET = nothingHere;
export const HEAD = nothingHere;
export const POST = nothingHere;
export const PUT = nothingHere;
export const PATCH = nothingHere;
export const DELETE = nothingHere;
export const OPTIONS = nothingHere;
