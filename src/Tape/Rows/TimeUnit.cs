namespace Granary.Tape.Rows;

/// <summary>
/// The unit of a file's times, by the digits of a Unix time between 2009 and 2100, which are 10 in seconds, 13 in milliseconds, 16 in microseconds and 19
/// in nanoseconds. A file has one: the one that most of its first rows have, or with equal numbers the first of these.
/// </summary>
internal enum TimeUnit
{
    None = 0,
    Seconds = 10,
    Milliseconds = 13,
    Microseconds = 16,
    Nanoseconds = 19,
}
