// An officer for tests: the Matrix JavaScript SDK with its Rust cryptography, driven by JSON lines.
//
// stdin:  {"id": 1, "do": "say", "room": "!r", "body": "..."}      one command a line, done one after the other
// stdout: {"t": "answer", "id": 1, ...} or {"t": "answer", "id": 1, "error": "..."}
//         {"t": "ready" | "joined" | "message" | "unreadable" | "reaction" | "redacted" | "emoji" | "phase", ...}
// Keys live in memory: every run is a new device with a new identity. It accepts every invitation: for tests only.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";

Promise.withResolvers ??= function () { // Node 20 lacks it and the SDK uses it
    let resolve, reject;
    const promise = new Promise((yes, no) => { resolve = yes; reject = no; });
    return { promise, resolve, reject };
};

const { values: options } = parseArgs({ options: {
    server: { type: "string" },
    user: { type: "string" },
    mode: { type: "string", default: "all" }, // all | strict | signed: which devices this client trusts
    unsigned: { type: "boolean", default: false }, // without an identity of its own
    history: { type: "boolean", default: false }, // accept the past that an inviter shares
} });
const password = process.env.OFFICER_PASSWORD;

const tell = (t, values = {}) => process.stdout.write(JSON.stringify({ t, ...values }) + "\n");
for (const level of ["log", "info", "debug", "warn", "error", "trace"]) console[level] = () => {};
const mute = { getChild: () => mute };
for (const level of ["trace", "debug", "info", "warn", "error"]) mute[level] = () => {};

const sdk = await import("matrix-js-sdk");
const api = await import("matrix-js-sdk/lib/crypto-api/index.js");

// --- log in ---------------------------------------------------------------------------------------

const auth = { type: "m.login.password", identifier: { type: "m.id.user", user: options.user }, password };
const login = await sdk.createClient({ baseUrl: options.server, logger: mute }).loginRequest(auth);
const client = sdk.createClient({
    baseUrl: options.server, accessToken: login.access_token, userId: login.user_id, deviceId: login.device_id,
    logger: mute, timelineSupport: true, verificationMethods: ["m.sas.v1"],
});
await client.initRustCrypto({ useIndexedDB: false });
const crypto = client.getCrypto();
const MODES = {
    all: () => new api.AllDevicesIsolationMode(false),
    strict: () => new api.AllDevicesIsolationMode(true),
    signed: () => new api.OnlySignedDevicesIsolationMode(),
};
crypto.setDeviceIsolationMode(MODES[options.mode]());

// --- what arrives ---------------------------------------------------------------------------------

const COLOURS = ["none", "grey", "red"];
const state = new Map(); // event id -> "sealed" | "read"

async function shieldOf(event) {
    const info = await crypto.getEncryptionInfoForEvent(event);
    const reason = info?.shieldReason ?? null;
    return { colour: COLOURS[info?.shieldColour ?? 0], reason: reason === null ? null : api.EventShieldReason[reason] };
}

const unpadded = (raw) => raw.toString("base64").replace(/=+$/, "");

async function fetchFile(file) {
    const url = client.mxcUrlToHttp(file.url, undefined, undefined, undefined, true, true, true);
    const answer = await fetch(url, { headers: { Authorization: `Bearer ${client.getAccessToken()}` } });
    const sealed = Buffer.from(await answer.arrayBuffer());
    const whole = unpadded(createHash("sha256").update(sealed).digest()) === file.hashes.sha256.replace(/=+$/, "");
    const opener = createDecipheriv("aes-256-ctr", Buffer.from(file.key.k, "base64url"), Buffer.from(file.iv, "base64"));
    const clear = Buffer.concat([opener.update(sealed), opener.final()]);
    return { bytes: clear.length, sha256: createHash("sha256").update(clear).digest("hex"), whole };
}

async function show(event) {
    await client.decryptEventIfNeeded(event).catch(() => {});
    const names = { room: event.getRoomId(), event: event.getId(), sender: event.getSender() };
    if (event.isDecryptionFailure()) return showSealed(event, names);
    if (event.getType() === "m.reaction") return tell("reaction", { ...names, relates: event.getContent()["m.relates_to"] });
    if (event.getType() !== "m.room.message" || state.get(names.event) === "read") return;
    const late = state.get(names.event) === "sealed";
    state.set(names.event, "read");
    const content = event.getContent();
    const file = content.file ? await fetchFile(content.file).catch((error) => ({ error: String(error) })) : undefined;
    tell("message", {
        ...names, late, encrypted: event.isEncrypted(), own: names.sender === client.getUserId(),
        body: content.body, msgtype: content.msgtype, content, shield: await shieldOf(event), file,
    });
}

function showSealed(event, names) {
    if (state.get(names.event) === "sealed") return;
    state.set(names.event, "sealed");
    tell("unreadable", { ...names, reason: event.decryptionFailureReason });
}

client.on("Room.timeline", (event) => { if (!event.isState()) show(event); });
client.on("Event.decrypted", (event) => show(event));
client.on("RoomState.events", (event) => {
    if (event.getType() === "m.room.history_visibility")
        tell("history", { room: event.getRoomId(), value: event.getContent().history_visibility });
});
client.on("Room.redaction", (event) => tell("redacted", { room: event.getRoomId(), event: event.getAssociatedId() }));
client.on("Room.myMembership", (room, membership) => { // deferred: the SDK must know the invitation to take shared keys
    if (membership === "invite") setTimeout(() => join(room.roomId), 50);
});

async function join(room) {
    try {
        await client.joinRoom(room, { acceptSharedHistory: options.history });
        tell("joined", { room });
    } catch (error) {
        tell("refused", { room, error: String(error) });
    }
}

// --- what the test asks ----------------------------------------------------------------------------

const found = (id) => client.getRooms().map((room) => room.findEventById(id)).find(Boolean);

async function statusOf(user) {
    const devices = {};
    for (const id of ((await crypto.getUserDeviceInfo([user], true)).get(user) ?? new Map()).keys()) {
        const device = await crypto.getDeviceVerificationStatus(user, id);
        devices[id] = { signed: device?.signedByOwner ?? false, verified: device?.crossSigningVerified ?? false };
    }
    await crypto.userHasCrossSigningKeys(user, true);
    const trust = await crypto.getUserVerificationStatus(user);
    return { verified: trust.isCrossSigningVerified(), needs_approval: trust.needsUserApproval, devices };
}

async function verify({ user, room, device }) { // confirms without looking: the test compares what both sides saw
    const request = room ? await crypto.requestVerificationDM(user, room)
        : await crypto.requestDeviceVerification(user, device);
    let begun = false;
    await new Promise((over) => {
        const step = async () => {
            tell("phase", { phase: request.phase });
            if (request.phase === 3 && !begun) { begun = true; startSas(request); }
            if (request.phase >= 5) over();
        };
        request.on("change", step);
        setTimeout(over, 15000);
    });
    return { phase: request.phase, code: request.cancellationCode, ...(await statusOf(user)) };
}

async function startSas(request) {
    const verifier = await request.startVerification("m.sas.v1");
    verifier.on("show_sas", (sas) => {
        tell("emoji", { emoji: sas.sas.emoji, numbers: sas.sas.decimal });
        sas.confirm();
    });
    await verifier.verify().catch((error) => tell("phase", { phase: "failed", error: String(error) }));
}

async function sendFile({ room, path, name, mimetype = "application/octet-stream", caption }) {
    const clear = readFileSync(path), key = randomBytes(32), iv = Buffer.concat([randomBytes(8), Buffer.alloc(8)]);
    const sealer = createCipheriv("aes-256-ctr", key, iv), sealed = Buffer.concat([sealer.update(clear), sealer.final()]);
    const uploaded = await client.uploadContent(sealed, { type: "application/octet-stream", includeFilename: false });
    const jwk = { kty: "oct", alg: "A256CTR", ext: true, key_ops: ["encrypt", "decrypt"], k: key.toString("base64url") };
    const hashes = { sha256: unpadded(createHash("sha256").update(sealed).digest()) };
    return client.sendMessage(room, {
        msgtype: mimetype.startsWith("image/") ? "m.image" : "m.file", body: caption ?? name, filename: name,
        info: { size: clear.length, mimetype }, file: { v: "v2", url: uploaded.content_uri, iv: unpadded(iv), hashes, key: jwk },
    });
}

const event = (sent) => ({ event: sent.event_id });
const COMMANDS = {
    say: async ({ room, body }) => event(await client.sendTextMessage(room, body)),
    html: async ({ room, body, html }) => event(await client.sendHtmlMessage(room, body, html)),
    send: async ({ room, content }) => event(await client.sendMessage(room, content)),
    notice: async ({ room, body }) => event(await client.sendNotice(room, body)),
    thread: async ({ room, root, body }) => event(await client.sendMessage(room, root, { msgtype: "m.text", body })),
    redact: async ({ room, target }) => event(await client.redactEvent(room, target)),
    file: async (asked) => event(await sendFile(asked)),
    direct: async ({ user }) => { // a direct conversation, as clients begin one to verify a person
        const encryption = { type: "m.room.encryption", state_key: "", content: { algorithm: "m.megolm.v1.aes-sha2" } };
        const options = { invite: [user], is_direct: true, preset: "trusted_private_chat", initial_state: [encryption] };
        const { room_id: room } = await client.createRoom(options);
        while (client.getRoom(room)?.getMember(user)?.membership !== "join") await new Promise((l) => setTimeout(l, 50));
        return { room };
    },
    invite: async ({ room, user }) => { await client.invite(room, user, { shareEncryptedHistory: true }); return {}; },
    status: ({ user }) => statusOf(user),
    shield: ({ target }) => shieldOf(found(target)),
    again: async ({ target }) => { // what a restart of a client does: decrypt again
        const seen = found(target);
        await seen.attemptDecryption(crypto, { isRetry: true });
        await show(seen);
        return { readable: !seen.isDecryptionFailure() };
    },
    verify,
    pin: async ({ user }) => { await crypto.pinCurrentUserIdentity(user); return statusOf(user); },
    withdraw: async ({ user }) => { await crypto.withdrawVerificationRequirement(user); return statusOf(user); },
    quit: async () => { client.stopClient(); process.exit(0); },
};

async function patiently(command, asked, tries = 100) {
    // Just after joining, the SDK knows the room before its crypto does; nothing has been sent then.
    try {
        return await command(asked);
    } catch (error) {
        if (tries === 0 || !String(error.message).includes("unconfigured room")) throw error;
        await new Promise((later) => setTimeout(later, 100));
        return patiently(command, asked, tries - 1);
    }
}

async function obey(line) {
    const { id, do: name, ...asked } = JSON.parse(line);
    try {
        tell("answer", { id, ...(await patiently(COMMANDS[name], asked)) });
    } catch (error) {
        tell("answer", { id, error: `${error.name}: ${error.message}` });
    }
}

// --- begin ----------------------------------------------------------------------------------------

await client.startClient({ initialSyncLimit: 50, threadSupport: true });
await new Promise((prepared) => client.on("sync", (now) => now === "PREPARED" && prepared()));
if (!options.unsigned) await crypto.bootstrapCrossSigning({ authUploadDeviceSigningKeys: (make) => make(auth) });

let own = null;
for (let round = 0; round < 50 && !options.unsigned && !own?.signedByOwner; round++) {
    own = await crypto.getDeviceVerificationStatus(login.user_id, login.device_id); // comes back with a key query
    if (!own?.signedByOwner) await new Promise((later) => setTimeout(later, 100));
}
for (const room of client.getRooms()) if (room.getMyMembership() === "invite") await join(room.roomId);
tell("ready", { user: login.user_id, device: login.device_id, signed: own?.signedByOwner ?? false });

let queue = Promise.resolve();
createInterface({ input: process.stdin })
    .on("line", (line) => { queue = queue.then(() => obey(line)); })
    .on("close", () => { queue = queue.then(() => COMMANDS.quit()); });
