using Granary.Engine.Protection;

namespace Granary.Grains.Execution;

/// <summary>What the venue's error codes mean for a protective stop.</summary>
internal static class StopRefusals
{
    /// <summary>Classifies a definite refusal by its numeric code.</summary>
    public static StopRefusal Classify(int code) => code switch
    {
        -2021 => StopRefusal.WouldTrigger,
        -4045 or -2025 => StopRefusal.LimitReached,
        -4130 => StopRefusal.CloseTaken,
        -2022 or -4118 or -4509 => StopRefusal.NothingToReduce,
        _ => StopRefusal.Unsupported,
    };
}
