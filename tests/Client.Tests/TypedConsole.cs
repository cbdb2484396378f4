using Spectre.Console;
using Spectre.Console.Rendering;

namespace Granary.Client.Tests;

/// <summary>A console whose keyboard is a list of lines; stands in for Spectre.Console.Testing.</summary>
public sealed class TypedConsole(IAnsiConsole inner, Queue<string> lines) : IAnsiConsole, IAnsiConsoleInput
{
    private readonly Queue<char> _keys = new(lines.SelectMany(l => l + "\r"));

    public Profile Profile => inner.Profile;

    public IAnsiConsoleCursor Cursor => inner.Cursor;

    public IAnsiConsoleInput Input => this;

    public IExclusivityMode ExclusivityMode => inner.ExclusivityMode;

    public RenderPipeline Pipeline => inner.Pipeline;

    public void Clear(bool home) => inner.Clear(home);

    public void Write(IRenderable renderable) => inner.Write(renderable);

    public bool IsKeyAvailable() => _keys.Count > 0;

    public ConsoleKeyInfo? ReadKey(bool intercept)
    {
        if (!_keys.TryDequeue(out var key)) throw new InvalidOperationException("the test typed too little");
        return new ConsoleKeyInfo(key, key == '\r' ? ConsoleKey.Enter : (ConsoleKey)char.ToUpperInvariant(key), false, false, false);
    }

    public Task<ConsoleKeyInfo?> ReadKeyAsync(bool intercept, CancellationToken cancellationToken) => Task.FromResult(ReadKey(intercept));
}
