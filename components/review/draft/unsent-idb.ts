"use client";

/**
 * Unsent entries in IndexedDB: ids, offsets, labels, attributes and notes, never article text; by user and review. Written with
 * strict durability, because a browser may be killed the moment after.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { byAge, type Entry, type Unsent } from "./entry";

interface Schema extends DBSchema {
  entries: { key: string; value: Entry; indexes: { owner: [string, string] } };
}

const open = (): Promise<IDBPDatabase<Schema>> =>
  openDB<Schema>("gloss-unsent", 1, {
    upgrade(db) {
      db.createObjectStore("entries", { keyPath: "id" }).createIndex("owner", ["user", "review"]);
    },
  });

export function unsentIn(user: string, review: string): Unsent {
  let opened: Promise<IDBPDatabase<Schema>> | null = null;
  const db = async () => {
    opened ??= open();
    try {
      return await opened;
    } catch (error) {
      opened = null; // asked again next time: storage may come back
      throw error;
    }
  };
  return {
    load: async () => {
      const found = await (await db()).getAllFromIndex("entries", "owner", [user, review]);
      return found.sort(byAge);
    },
    keep: async (put, drop) => {
      const tx = (await db()).transaction("entries", "readwrite", { durability: "strict" });
      await Promise.all([
        ...put.map((entry) => tx.store.put(entry)),
        ...drop.map((id) => tx.store.delete(id)),
        tx.done,
      ]);
    },
  };
}

/** Of a user, in whatever review. */
export async function countUnsent(user: string): Promise<number> {
  const db = await open();
  const count = await db.countFromIndex("entries", "owner", IDBKeyRange.bound([user, ""], [user, "\uffff"]));
  db.close();
  return count;
}
