namespace Granary.Orleans.Embedded.Tests.Grains;

public sealed class TestFailureException(string message, int code) : Exception(message)
{
    public int Code { get; } = code;
}
