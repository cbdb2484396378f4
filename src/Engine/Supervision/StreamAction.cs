namespace Granary.Engine.Supervision;

/// <summary>What follows from a look at a stream.</summary>
public enum StreamAction
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Nothing comes: the venue is to be asked whether there was something.</summary>
    Ask,

    /// <summary>It is silent although it should speak: tell, suspend, subscribe anew.</summary>
    Silent,

    /// <summary>It is still silent: subscribe anew once more.</summary>
    StillSilent,

    /// <summary>It was silent and is heard again.</summary>
    Heard,
}
