using Orleans.Embedded.CodeGeneration;

namespace Orleans.Embedded.Copying;

internal sealed class KeyValuePairCopier<TKey, TValue> : Copier<KeyValuePair<TKey, TValue>>
{
    internal override KeyValuePair<TKey, TValue> Copy(KeyValuePair<TKey, TValue> value, CopyContext context) => new(context.Copy(value.Key), context.Copy(value.Value));
}
