import { authDoor } from "@/lib/server/authDoor";

export { authDoor as GET, authDoor as POST };
