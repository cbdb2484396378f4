namespace Granary.Silo.Operator;

/// <summary>A request that is answered with a problem body (RFC 9457).</summary>
/// <param name="status">HTTP status.</param>
/// <param name="title">In a few words.</param>
/// <param name="detail">In a sentence: what was wrong and what is right.</param>
public sealed class OperatorProblem(int status, string title, string detail) : Exception(detail)
{
    private const int EchoCharsMax = 64;

    /// <summary>HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>In a few words.</summary>
    public string Title { get; } = title;

    /// <summary>The request itself is wrong.</summary>
    public static OperatorProblem BadRequest(string detail) => new(StatusCodes.Status400BadRequest, "Bad request", detail);

    /// <summary>Something that is not there.</summary>
    /// <param name="kind">symbol or account.</param>
    /// <param name="name">What was asked for.</param>
    /// <param name="known">What there is.</param>
    public static OperatorProblem NotFound(string kind, string name, IEnumerable<string> known) => new(
        StatusCodes.Status404NotFound, "Not found", $"there is no {kind} '{Echo(name)}'; there are {string.Join(", ", known)}");

    /// <summary>The answer.</summary>
    public IResult ToResult() => Results.Problem(Message, statusCode: Status, title: Title);

    /// <summary>What a client sent, short and without control characters.</summary>
    public static string Echo(string text)
    {
        var shown = text.Length > EchoCharsMax ? text[..EchoCharsMax] + "..." : text;
        return string.Concat(shown.Select(c => char.IsControl(c) ? '?' : c));
    }
}
