namespace Granary.Grains.Interfaces;

/// <summary>A grain that must always be active: a hosted service on every silo calls it every few seconds.</summary>
public interface IKeepAlive : IGrainWithStringKey
{
    /// <summary>Activates the grain if it is not active; cheap otherwise.</summary>
    [Alias("Ping")]
    ValueTask Ping();
}
