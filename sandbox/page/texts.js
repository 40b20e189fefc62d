// The page's own words. The bot speaks for itself; these are the words around it.

const TEXTS = {
  en: {
    skip: "To the private chat", about: "What is this?", welcome: "A centre to try out",
    welcomeWhat:
      "Voci is a bot for the assemblies of a mental-health centre. Users of the service, families and professionals say there what to talk about, decide together, and tell how they are. This centre and everybody in it are made up, and nothing leaves this computer.",
    welcomeWho: "To begin with you are {name}. In the list of people you can become anybody else.",
    welcomeTry: "Three things to try:", tryCheckin: "Say how you are",
    tryAgenda: "See what will be talked about", tryNext: "Let time pass until something happens",
    lookAround: "Just look around",
    clock: "Time at the centre", next: "To the next thing due", hour: "+1 hour", day: "+1 day",
    language: "Language", people: "People", panes: "What to show",
    hint: "Choose who you are. All of them are made up, and you can be each of them.",
    add: "Add a newcomer", more: "More", sticker: "Send a sticker", block: "Stop the bot",
    tabPeople: "People", tabPrivate: "Private", tabGroup: "Group", close: "Close",
    newcomerHint: "Somebody new in the group, without an invitation.", name: "Name",
    cancel: "Cancel", enter: "Come in", whoOpens: "Who opens this link?", person: "Person",
    open: "Open", somebodyNew: "Somebody new …", commands: "Commands", write: "Write a message",
    send: "Send", reply: "Reply", answering: "Answer to: {words}", start: "Start",
    restart: "Start again", stopped: "{name} has stopped the bot.",
    unstarted: "{name} has not talked to the bot yet.", privateTitle: "{bot} and {name}",
    privateNote: "private chat: only {name} sees it", groupNote: "{n} people and the bot",
    outside: "{name} is not in this group.", download: "Save {name}", picture: "Picture",
    edited: "changed", unread: "something new", nothing: "nothing is due",
    operator: "Runs the bot", facilitator: "Facilitators", user: "Users of the service",
    family: "Family members", professional: "Professionals", newcomer: "Newcomers",
    joined: "{who} joined the group", left: "{who} left the group", pinned: "A message was pinned",
    topicOpened: "Topic opened: {who}", topicClosed: "Topic closed: {who}",
    topicReopened: "Topic reopened: {who}",
    upgraded: "The group became a supergroup", stickerSent: "a sticker",
    anonymousPoll: "anonymous poll", openPoll: "poll", severalAnswers: "several answers",
    pollClosed: "closed", offline:
      "The demo has stopped. Start it again with: make demo",
    changed: "This button has just changed. Look again.", unanswered: "The bot did not answer.",
    unsendable: "This can’t be sent.", elsewhere: "This link leads to no bot of this demo.",
    unreadable: "That did not work.", gone: "That is no longer there.",
    clockRefused: "That is too far ahead.", nameRefused: "Write a name, please.",
  },
  it: {
    skip: "Alla chat privata", about: "Che cos’è?", welcome: "Un centro da provare",
    welcomeWhat:
      "Voci è un bot per le assemblee di un centro di salute mentale. Chi usa il servizio, familiari e professionisti dicono di che cosa parlare, decidono insieme e raccontano come stanno. Questo centro e le sue persone sono inventati, e niente lascia questo computer.",
    welcomeWho: "All’inizio sei {name}. Nell’elenco delle persone puoi diventare chiunque altro.",
    welcomeTry: "Tre cose da provare:", tryCheckin: "Dire come stai",
    tryAgenda: "Vedere di che cosa si parlerà", tryNext: "Far passare il tempo finché succede qualcosa",
    lookAround: "Solo guardarsi intorno",
    clock: "Ora al centro", next: "Alla prossima scadenza", hour: "+1 ora", day: "+1 giorno",
    language: "Lingua", people: "Persone", panes: "Che cosa mostrare",
    hint: "Scegli chi sei. Sono tutte persone inventate, e puoi essere ognuna di loro.",
    add: "Aggiungi una persona nuova", more: "Altro", sticker: "Manda uno sticker",
    block: "Ferma il bot", tabPeople: "Persone", tabPrivate: "Privata", tabGroup: "Gruppo",
    close: "Chiudi", newcomerHint: "Una persona nuova nel gruppo, senza invito.", name: "Nome",
    cancel: "Annulla", enter: "Entra", whoOpens: "Chi apre questo link?", person: "Persona",
    open: "Apri", somebodyNew: "Una persona nuova …", commands: "Comandi",
    write: "Scrivi un messaggio", send: "Invia", reply: "Rispondi",
    answering: "Risposta a: {words}", start: "Avvia", restart: "Riavvia",
    stopped: "{name} ha fermato il bot.", unstarted: "{name} non ha ancora parlato con il bot.",
    privateTitle: "{bot} e {name}", privateNote: "chat privata: la vede solo {name}",
    groupNote: "{n} persone e il bot", outside: "{name} non è in questo gruppo.",
    download: "Salva {name}", picture: "Immagine", edited: "modificato",
    unread: "qualcosa di nuovo", nothing: "niente in programma",
    operator: "Gestisce il bot", facilitator: "Chi facilita", user: "Utenti del servizio",
    family: "Familiari", professional: "Professionisti", newcomer: "Persone nuove",
    joined: "{who} è nel gruppo", left: "{who} non è più nel gruppo",
    topicOpened: "Argomento aperto: {who}", topicClosed: "Argomento chiuso: {who}",
    topicReopened: "Argomento riaperto: {who}",
    pinned: "Un messaggio è stato fissato", upgraded: "Il gruppo è diventato un supergruppo",
    stickerSent: "uno sticker", anonymousPoll: "sondaggio anonimo", openPoll: "sondaggio",
    severalAnswers: "più risposte", pollClosed: "chiuso", offline: "La demo si è fermata. Riavviala con: make demo",
    changed: "Questo pulsante è appena cambiato. Guarda di nuovo.",
    unanswered: "Il bot non ha risposto.", unsendable: "Questo non si può inviare.",
    elsewhere: "Questo link non porta a un bot di questa demo.", unreadable: "Non ha funzionato.",
    gone: "Non c’è più.", clockRefused: "È troppo lontano.", nameRefused: "Scrivi un nome.",
  },
  de: {
    skip: "Zum privaten Chat", about: "Was ist das?", welcome: "Ein Zentrum zum Ausprobieren",
    welcomeWhat:
      "Voci ist ein Bot für die Versammlungen eines Zentrums für psychische Gesundheit. Nutzende des Angebots, Angehörige und Fachleute sagen darin, worüber sie reden wollen, entscheiden gemeinsam und erzählen, wie es ihnen geht. Dieses Zentrum und alle Menschen darin sind erfunden, und nichts verlässt diesen Computer.",
    welcomeWho: "Am Anfang bist du {name}. In der Liste der Menschen kannst du jede andere Person werden.",
    welcomeTry: "Drei Dinge zum Ausprobieren:", tryCheckin: "Sagen, wie es dir geht",
    tryAgenda: "Sehen, worüber geredet wird", tryNext: "Die Zeit laufen lassen, bis etwas geschieht",
    lookAround: "Nur umsehen",
    clock: "Uhrzeit im Zentrum", next: "Zum nächsten Termin", hour: "+1 Stunde",
    day: "+1 Tag", language: "Sprache", people: "Menschen", panes: "Was zu sehen ist",
    hint: "Wähle, wer du bist. Alle sind erfunden, und du kannst in jede Rolle schlüpfen.",
    add: "Jemand Neues dazunehmen", more: "Mehr", sticker: "Einen Sticker schicken",
    block: "Den Bot anhalten", tabPeople: "Menschen", tabPrivate: "Privat", tabGroup: "Gruppe",
    close: "Schließen", newcomerHint: "Jemand Neues in der Gruppe, ohne Einladung.", name: "Name",
    cancel: "Abbrechen", enter: "Dazukommen", whoOpens: "Wer öffnet diesen Link?",
    person: "Person", open: "Öffnen", somebodyNew: "Jemand Neues …", commands: "Befehle",
    write: "Nachricht schreiben", send: "Senden", reply: "Antworten",
    answering: "Antwort auf: {words}", start: "Starten", restart: "Neu starten",
    stopped: "{name} hat den Bot angehalten.",
    unstarted: "{name} hat noch nicht mit dem Bot gesprochen.", privateTitle: "{bot} und {name}",
    privateNote: "privater Chat: nur {name} sieht ihn", groupNote: "{n} Menschen und der Bot",
    outside: "{name} ist nicht in dieser Gruppe.", download: "{name} speichern",
    picture: "Bild", edited: "geändert", unread: "etwas Neues",
    nothing: "nichts steht an", operator: "Betreibt den Bot", facilitator: "Moderation",
    user: "Nutzende des Angebots", family: "Angehörige", professional: "Fachleute",
    newcomer: "Neu dazugekommen", joined: "{who} ist in der Gruppe",
    left: "{who} ist nicht mehr in der Gruppe", pinned: "Eine Nachricht wurde angeheftet",
    topicOpened: "Thema eröffnet: {who}", topicClosed: "Thema geschlossen: {who}",
    topicReopened: "Thema wieder geöffnet: {who}",
    upgraded: "Aus der Gruppe wurde eine Supergruppe", stickerSent: "ein Sticker",
    anonymousPoll: "anonyme Umfrage", openPoll: "Umfrage", severalAnswers: "mehrere Antworten",
    pollClosed: "geschlossen",
    offline: "Die Demo ist beendet. Neu starten mit: make demo",
    changed: "Dieser Knopf hat sich gerade geändert. Sieh noch einmal hin.",
    unanswered: "Der Bot hat nicht geantwortet.", unsendable: "Das lässt sich nicht senden.",
    elsewhere: "Dieser Link führt zu keinem Bot dieser Demo.",
    unreadable: "Das hat nicht geklappt.", gone: "Das gibt es nicht mehr.",
    clockRefused: "Das ist zu weit voraus.", nameRefused: "Schreib bitte einen Namen.",
  },
};

const CALENDARS = { en: "en-GB", it: "it-IT", de: "de-DE" }; // all with 24 hours
const wished = [localStorage.getItem("language"), ...navigator.languages];
export let language = wished.map((code) => (code || "").slice(0, 2)).find((code) => code in TEXTS) || "en";

export function speak(code) {
  language = code;
  localStorage.setItem("language", code);
}

export function text(id, values = {}) {
  return TEXTS[language][id].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

// Every element that names its words (data-text), its label or its hint gets them.
export function translate(root) {
  for (const each of root.querySelectorAll("[data-text]")) each.textContent = text(each.dataset.text);
  for (const each of root.querySelectorAll("[data-label]")) each.setAttribute("aria-label", text(each.dataset.label));
  for (const each of root.querySelectorAll("[data-hint]")) each.placeholder = text(each.dataset.hint);
}

export function moment(seconds, zone, parts) {
  return new Intl.DateTimeFormat(CALENDARS[language], { timeZone: zone, ...parts }).format(new Date(seconds * 1000));
}
