using System.CommandLine;
using System.Text.Json;
using Granary.Client.Api;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Granary.Client.Cli;

/// <summary>One running command: what was asked for, the silo, and where to print.</summary>
public sealed class CommandContext
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly CommonOptions _options;

    /// <summary>Creates a context.</summary>
    /// <exception cref="ConsoleFailure">The address is not one (<see cref="ExitCode.Usage"/>).</exception>
    public CommandContext(ConsoleHost host, CommonOptions options, ParseResult parsed, HttpClient http)
    {
        Host = host;
        _options = options;
        Parsed = parsed;
        IsJson = parsed.GetValue(options.Json);
        Url = ReadUrl(host, parsed.GetValue(options.Url));
        Client = new OperatorClient(http, Url, FindToken);
    }

    /// <summary>The outside world.</summary>
    public ConsoleHost Host { get; }

    /// <summary>The parsed command line.</summary>
    public ParseResult Parsed { get; }

    /// <summary>Whether JSON was asked for.</summary>
    public bool IsJson { get; }

    /// <summary>Address of the silo.</summary>
    public Uri Url { get; }

    /// <summary>The silo.</summary>
    public OperatorClient Client { get; }

    /// <summary>Finds the operator token, and refuses to send it in clear text to another machine.</summary>
    /// <exception cref="ConsoleFailure">There is no token, or it would leave this machine unencrypted.</exception>
    public string FindToken()
    {
        if (Url.Scheme != Uri.UriSchemeHttps && !Url.IsLoopback)
        {
            throw new ConsoleFailure(
                ExitCode.Usage, $"the operator token is not sent to {Url} in clear text", "Use https, or a tunnel to the silo's loopback address.");
        }
        return TokenSource.Find(Host, Parsed.GetValue(_options.Token), Parsed.GetValue(_options.TokenFile));
    }

    /// <summary>Prints the silo's answer: as it came when JSON was asked for, else drawn from the model.</summary>
    public void Show<T>(ApiAnswer<T> answer, Func<T, IRenderable> view)
    {
        if (IsJson) Host.Output.WriteLine(JsonSerializer.Serialize(answer.Json, Indented));
        else Host.Screen.Write(new Rows(view(answer.Value)));
    }

    private static Uri ReadUrl(ConsoleHost host, string? argument)
    {
        var source = argument is not null ? "--url" : "GRANARY_URL";
        var text = argument ?? host.Variable("GRANARY_URL") ?? CommonOptions.UrlDefault;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.AbsolutePath == "/" && url.UserInfo.Length == 0) return url;
        throw new ConsoleFailure(ExitCode.Usage, $"{source} was '{text}'", $"Expected http://host:port, for example {CommonOptions.UrlDefault}.");
    }
}
