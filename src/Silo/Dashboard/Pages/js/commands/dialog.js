// Gives a command, in two steps: choose, then read what will happen and confirm. Nothing is sent before the second.
import { h } from '../dom.js';
import { latest } from '../live.js';
import { token, who, post } from '../api.js';
import { COMMANDS, ENGINE, consequences, outcome, path, scopeName } from './catalog.js';

let open = null;

/** Opens the dialog; with a command and a scope at its second step. */
export function openCommands(command = null, scope = null) {
    open?.close();
    const overview = latest('status');
    if (!overview) return;
    const inside = h('div', { class: 'inside' });
    const title = h('h2', { id: 'commands-title' });
    const dialog = h(
        'dialog',
        { 'aria-labelledby': 'commands-title' },
        h('header', {}, title, h('button', { type: 'button', class: 'button quiet', onclick: () => dialog.close() }, 'Close')),
        inside,
    );
    dialog.addEventListener('close', () => {
        dialog.remove();
        open = null;
    });
    const show = (text, ...content) => {
        title.textContent = text;
        inside.replaceChildren(...content);
    };
    open = dialog;
    document.body.append(dialog);
    const chosen = scope ?? (overview.status.accounts.length === 1 ? overview.status.accounts[0].account : ENGINE);
    // Shown first: it takes the focus, which the step inside then places.
    dialog.showModal();
    if (command) confirm(show, dialog, command, chosen, overview.status);
    else choose(show, dialog, chosen, overview.status);
}

function choose(show, dialog, scope, status) {
    const scopes = [...status.accounts.map(a => [a.account, `Account ${a.account}`]), [ENGINE, 'Whole engine']];
    const buttons = scopes.map(([value, text]) =>
        h('button', { type: 'button', 'aria-pressed': String(value === scope), onclick: () => choose(show, dialog, value, status) }, text),
    );
    const choices = COMMANDS.filter(c => scope !== ENGINE || !c.accountOnly).map(c =>
        h(
            'button',
            {
                type: 'button',
                class: `choice ${c.danger ? 'danger' : ''}`,
                'data-command': c.name,
                onclick: () => confirm(show, dialog, c.name, scope, status),
            },
            h('b', {}, `${c.title} …`),
            h('span', {}, c.text),
        ),
    );
    show(
        'What shall happen?',
        h('div', { class: 'scope' }, h('span', { class: 'soft' }, 'To'), h('div', { class: 'tabs', role: 'group', 'aria-label': 'To whom' }, buttons)),
        h('div', { class: 'choices' }, choices),
        h('p', { class: 'faint' }, 'Nothing is done before you have read and confirmed it.'),
    );
}

function confirm(show, dialog, name, scope, status) {
    const command = COMMANDS.find(c => c.name === name);
    const reason = h('input', { class: 'field', name: 'reason', maxlength: 200, autocomplete: 'off', placeholder: 'for those who read it later' });
    const name_ = h('input', { class: 'field', name: 'who', maxlength: 40, autocomplete: 'off', value: who.get(), placeholder: 'operator' });
    const secret = h('input', {
        class: 'field',
        name: 'token',
        type: 'password',
        autocomplete: 'off',
        value: token.get(),
        placeholder: 'the content of operator.token',
    });
    const typed = name === 'flatten' ? h('input', { class: 'field', name: 'typed', autocomplete: 'off', spellcheck: 'false' }) : null;
    const send = h(
        'button',
        { type: 'submit', class: `button ${command.danger ? 'danger' : ''}` },
        `${command.title} ${scope === ENGINE ? 'the whole engine' : scope} now`,
    );
    const result = h('div', { role: 'status' });
    const check = () => {
        send.disabled = typed !== null && typed.value.trim() !== 'flatten';
    };
    typed?.addEventListener('input', check);
    check();
    const form = h(
        'form',
        { class: 'form', onsubmit: submit },
        typed ? h('label', {}, 'Type flatten to confirm', typed) : null,
        h('div', { class: 'two' }, h('label', {}, 'Why', reason), h('label', {}, 'Who', name_)),
        h('label', {}, 'Operator token, kept in this tab only', secret),
        result,
        h('div', { class: 'buttons' }, h('button', { type: 'button', class: 'button', onclick: () => choose(show, dialog, scope, status) }, 'Back'), send),
    );
    show(
        `${command.title}: ${scopeName(scope)}`,
        h(
            'ul',
            { class: 'what' },
            consequences(name, scope, status).map(line => h('li', {}, line)),
        ),
        form,
    );
    (typed ?? reason).focus();

    async function submit(event) {
        event.preventDefault();
        if (send.disabled) return;
        token.set(secret.value.trim());
        who.set(name_.value.trim());
        send.disabled = true;
        tell(result, '', "Sent; waiting for the silo's answer …");
        try {
            const body = await post(path(name, scope), { reason: reason.value.trim(), who: name_.value.trim() });
            const { kind, text } = outcome(name, scope, body);
            tell(result, kind, text);
            send.hidden = true;
        } catch (error) {
            if (error.status === 401) {
                token.set('');
                tell(
                    result,
                    'bad',
                    "Refused: the silo does not accept this token. Nothing was done. The token is in the file operator.token in the journal's folder.",
                );
                secret.focus();
                secret.select();
            } else {
                tell(result, 'bad', `${error.title ? `${error.title}: ` : ''}${error.message}`);
            }
            check();
        }
    }
}

function tell(result, kind, text) {
    result.className = `outcome ${kind}`;
    result.textContent = text;
}
