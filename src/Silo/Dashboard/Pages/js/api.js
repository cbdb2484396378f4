// The operator API. Reading needs nothing; a command needs the operator token, which is kept for this tab only.
const TOKEN = 'granary.token';
const WHO = 'granary.who';

export const token = {
    get: () => sessionStorage.getItem(TOKEN) ?? '',
    set: value => (value ? sessionStorage.setItem(TOKEN, value) : sessionStorage.removeItem(TOKEN)),
};

export const who = { get: () => sessionStorage.getItem(WHO) ?? '', set: value => sessionStorage.setItem(WHO, value) };

/** Reads; throws an Error in the silo's own words. */
export async function get(path) {
    return answer(await send(path, { headers: { accept: 'application/json' } }));
}

/** Gives a command. */
export async function post(path, body) {
    return answer(
        await send(path, {
            method: 'POST',
            headers: { 'content-type': 'application/json', authorization: `Bearer ${token.get()}` },
            body: JSON.stringify(body),
        }),
    );
}

async function send(path, request) {
    try {
        return await fetch(path, { ...request, cache: 'no-store', credentials: 'omit' });
    } catch {
        throw Object.assign(new Error('The silo does not answer. Whether the request reached it is not known.'), { status: 0 });
    }
}

async function answer(response) {
    const text = await response.text();
    let body = null;
    try {
        body = text ? JSON.parse(text) : null;
    } catch {
        // Said below: an answer that is no JSON is not the silo's.
    }
    if (response.ok && body !== null) return body;
    throw Object.assign(new Error(body?.detail ?? `HTTP ${response.status}`), { status: response.status, title: body?.title ?? '' });
}
