using System.Globalization;

namespace Orleans;

/// <summary>The response timeout of one method, in place of the silo's.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ResponseTimeoutAttribute : Attribute
{
    /// <summary>Creates the attribute.</summary>
    /// <param name="timeout">A <see cref="TimeSpan"/> in invariant form, for example 00:00:02.</param>
    /// <exception cref="FormatException">The text is no time span.</exception>
    public ResponseTimeoutAttribute(string timeout) => Timeout = TimeSpan.Parse(timeout, CultureInfo.InvariantCulture);

    /// <summary>How long a caller waits for the answer.</summary>
    public TimeSpan? Timeout { get; init; }
}
