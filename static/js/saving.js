// Keeps what a student writes on this device until the archive says that it is stored, and sends it there: a second
// after the last key, every five seconds while keys are pressed, and again and again while there is no connection.
const QUIET = 1000;
const LONGEST = 5000;
const SLOWEST = 30000;
// A browser sends no more than this while it leaves a page, in characters.
const MOST_IN_PARTING = 55000;

const LISTS = { answer: "answers", highlight: "highlights", deleted: "deleted", read: "read" };

function keptOnDevice() {
  try {
    const probe = "classroom:probe";
    localStorage.setItem(probe, "1");
    localStorage.removeItem(probe);
    return localStorage;
  } catch {
    return null;
  }
}

// What this device keeps of a class because it is not saved yet.
export function keptOf(ident) {
  return Object.keys(keptOnDevice() ?? {}).filter((key) => key.startsWith(`classroom:${ident}:`));
}

// It is forgotten when its student leaves the class.
export function forget(ident) {
  for (const key of keptOf(ident)) localStorage.removeItem(key);
}

export class Saver extends EventTarget {
  constructor({ address, ident, student, token }) {
    super();
    this.address = address;
    this.prefix = `classroom:${ident}:${student}:`;
    this.token = token;
    this.storage = keptOnDevice();
    this.entries = new Map();
    this.known = new Map();
    this.wait = 1000;
    this.firstChange = 0;
    this.timer = 0;
    this.sending = null;
    this.stopped = "";
    addEventListener("storage", (event) => this.elsewhere(event));
    addEventListener("online", () => this.soon(0));
    addEventListener("pagehide", () => this.part());
    document.addEventListener("visibilitychange", () => document.hidden && this.part());
  }

  // Takes up what this device kept when the page was left; returns the entries.
  resume() {
    const keys = this.storage ? Object.keys(this.storage) : [];
    for (const key of keys) {
      if (!key.startsWith(this.prefix)) continue;
      try {
        this.entries.set(key.slice(this.prefix.length), { ...JSON.parse(this.storage.getItem(key)), held: false });
      } catch {
        this.storage.removeItem(key); // not written by this page
      }
    }
    if (this.entries.size) this.soon(0);
    return [...this.entries.values()];
  }

  knows(kind, ident, sequence) {
    this.known.set(`${kind}:${ident}`, sequence);
  }

  get isClean() {
    return this.entries.size === 0;
  }

  // Has something stored: "body" is what is sent besides its name and sequence.
  put(kind, ident, body = {}) {
    const key = `${kind}:${ident}`;
    const before = this.entries.get(key);
    const sequence = Math.max(Date.now(), this.last(kind, ident) + 1);
    const knows = before?.knows ?? [this.known.get(key) ?? 0];
    this.keep(key, { kind, ident, body, sequence, knows });
    this.tell("waiting");
    const now = performance.now();
    this.firstChange ||= now;
    this.soon(Math.max(0, Math.min(QUIET, this.firstChange + LONGEST - now)));
  }

  // A mark and its deletion follow one another.
  last(kind, ident) {
    const keys = (kind === "answer" ? [kind] : ["highlight", "deleted"]).map((each) => `${each}:${ident}`);
    return Math.max(...keys.map((key) => Math.max(this.known.get(key) ?? 0, this.entries.get(key)?.sequence ?? 0)));
  }

  drop(kind, ident) {
    this.entries.delete(`${kind}:${ident}`);
    this.storage?.removeItem(`${this.prefix}${kind}:${ident}`);
  }

  keep(key, entry) {
    this.entries.set(key, entry);
    try {
      this.storage?.setItem(this.prefix + key, JSON.stringify(entry));
    } catch {
      this.storage = null; // full: what is written is kept on this page alone
    }
  }

  // Another window of this device wrote.
  elsewhere(event) {
    if (!event.key?.startsWith(this.prefix) || !event.newValue) return;
    const entry = JSON.parse(event.newValue);
    const key = event.key.slice(this.prefix.length);
    if ((this.entries.get(key)?.sequence ?? 0) >= entry.sequence) return;
    this.known.set(key, entry.sequence);
    this.entries.delete(key);
    this.dispatchEvent(new CustomEvent("elsewhere", { detail: entry }));
  }

  soon(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), milliseconds);
  }

  ready() {
    return [...this.entries].filter(([, entry]) => !entry.held);
  }

  message(batch) {
    const found = {};
    for (const [, { kind, ident, body, sequence, knows }] of batch) {
      const list = (found[LISTS[kind]] ??= []);
      if (kind === "answer") list.push({ item: ident, sequence, knows, ...body });
      else if (kind === "read") list.push(ident);
      else list.push({ ident, sequence, ...body });
    }
    return JSON.stringify(found);
  }

  // An answer that may have arrived without our hearing of it is our own when we see it again.
  own(batch) {
    for (const [key, entry] of batch) {
      if (entry.kind === "answer" && !entry.knows.includes(entry.sequence))
        this.keep(key, { ...entry, knows: [...entry.knows.slice(-30), entry.sequence] });
    }
  }

  send() {
    this.sending ??= this.attempt().finally(() => (this.sending = null));
    return this.sending;
  }

  async attempt() {
    clearTimeout(this.timer);
    const batch = this.ready();
    this.firstChange = 0;
    if (!batch.length || this.stopped) return;
    this.own(batch);
    try {
      const response = await this.post(this.message(batch));
      await this.heard(response, batch);
    } catch {
      this.tell("offline");
      this.again();
    }
  }

  post(body, keepalive = false) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.token };
    const signal = keepalive ? undefined : AbortSignal.timeout(20000);
    return fetch(this.address, { method: "POST", body, headers, keepalive, signal });
  }

  again() {
    this.soon(this.wait * (0.75 + Math.random() / 2));
    this.wait = Math.min(this.wait * 2, SLOWEST);
  }

  async heard(response, batch) {
    const isOurs = response.headers.get("Content-Type")?.includes("json");
    if (response.ok && isOurs) return this.stored(await response.json(), batch);
    if (response.status === 403 && !isOurs) return this.renew();
    if (!isOurs || response.status >= 500) throw new Error(`The archive answered ${response.status}.`);
    const { error, where } = await response.json();
    if (response.status === 400 && this.hold(where, error, batch)) return this.soon(0);
    this.stopped = error;
    this.tell("refused", error);
  }

  // The token of the page was too old: a new one, and again.
  async renew() {
    const response = await fetch(this.address, { headers: { Accept: "application/json" } });
    this.token = (await response.json()).token;
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = this.token;
    if (this.wait > QUIET) this.tell("offline");
    this.again();
  }

  // Sets aside what cannot be stored, so that the rest is.
  hold(where, error, batch) {
    const found = batch.filter(([, entry]) => (where ? entry.ident === where : entry.kind !== "answer"));
    for (const [key, entry] of found) {
      this.keep(key, { ...entry, held: true });
      this.dispatchEvent(new CustomEvent("held", { detail: { entry, error } }));
    }
    return found.length > 0;
  }

  stored(said, batch) {
    this.wait = 1000;
    for (const [key, entry] of batch) {
      const now = this.entries.get(key);
      const answer = said.answers[entry.ident];
      if (entry.kind === "answer" && answer?.value !== undefined) {
        this.keep(key, { ...now, held: true });
        this.dispatchEvent(new CustomEvent("conflict", { detail: { entry: now, stored: answer } }));
        continue;
      }
      const sequence = answer?.sequence ?? said.highlights[entry.ident]?.sequence ?? entry.sequence;
      this.known.set(key, sequence);
      if (entry.kind === "answer") this.dispatchEvent(new CustomEvent("stored", { detail: { entry, sequence } }));
      if (now?.sequence === entry.sequence) this.drop(entry.kind, entry.ident);
      else if (now?.kind === "answer") this.keep(key, { ...now, knows: [...now.knows, sequence] });
    }
    this.tell(this.isClean ? "saved" : this.ready().length ? "waiting" : "held", said.saved);
    if (this.ready().length) this.soon(QUIET);
  }

  // The student decides between what is stored and what stands here: what is stored is known now.
  settle(ident, sequence) {
    this.knows("answer", ident, sequence);
    this.drop("answer", ident);
  }

  // The page is left: what is not stored goes along, as much as a browser lets through; the rest is kept.
  part() {
    const batch = [];
    for (const each of this.stopped ? [] : this.ready()) {
      if (this.message([...batch, each]).length < MOST_IN_PARTING) batch.push(each);
    }
    if (!batch.length) return;
    this.own(batch);
    this.post(this.message(batch), true).then((response) => this.heard(response, batch)).catch(() => this.again());
  }

  // Sends everything now; whether all that was written is stored. What is read meanwhile holds nobody up.
  async flush() {
    await new Promise((resolve) => setTimeout(resolve)); // a form cannot be sent while its submit event goes on
    await this.sending;
    await this.send();
    if (this.ready().length) await this.send();
    return [...this.entries.values()].every(({ kind }) => kind === "read");
  }

  tell(state, detail = "") {
    this.dispatchEvent(new CustomEvent("state", { detail: { state, detail, keeps: Boolean(this.storage) } }));
  }
}
